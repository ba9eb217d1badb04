import { randomBytes } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { DEFAULT_DIALECT } from "#phones/dialect/dialect";
import { compileDialect } from "#phones/dialect/dialect-renderer";
import type { LyncImage } from "#formats/protocol/lync-module";
import { lyncReader } from "#formats/protocol/lync-xml";
import { writeProvisioning } from "#formats/protocol/provisioning-xml";
import type { PhoneEvent, PhoneRun } from "#programs/simulator/events";
import type { PhoneOptions } from "#programs/simulator/options";
import { runPhone } from "#programs/simulator/run-phone";
import { aClock, aPhoneFolder, phoneOptions } from "#programs/simulator/testing/phones";
import { anUpdateServer, sendContent } from "#programs/simulator/testing/update-server";
import type { Answer } from "#programs/simulator/testing/update-server";

const OLD = "4.0.7577.4100";
const NEW = "4.0.7577.4387";
const CONTENT = randomBytes(300_000);
const CREDENTIALS = { userName: "adamb", password: "correct horse" };
const render = compileDialect(DEFAULT_DIALECT);

type Ran = PhoneRun & {
  readonly events: readonly PhoneEvent[];
  readonly waitedMs: readonly number[];
};

async function run(options: PhoneOptions): Promise<Ran> {
  const events: PhoneEvent[] = [];
  const clock = aClock();
  const { signal } = new AbortController();
  const onEvent = (event: PhoneEvent): void => {
    events.push(event);
  };
  const result = await runPhone({ ...options, dialect: "lync" }, { signal, onEvent, clock });
  return { ...result, events, waitedMs: clock.waitedMs };
}

function anImage(poolUrl: string): LyncImage {
  const [deviceType, brand, model, revision, locale] = ["UCPhone", "POLYCOM", "CX600", "A", "ENU"];
  return {
    hardware: { deviceType, brand, model, revision, locale },
    updateType: "CPE",
    fileName: "CPE.nbt",
    signatureFileName: "CPE.cat",
    version: NEW,
    releasedAt: new Date("2026-01-05T08:00:00Z"),
    sizeBytes: CONTENT.length,
    sha256: "0".repeat(64),
    internalPoolUrl: poolUrl,
    externalPoolUrl: poolUrl,
    path: `UCPhone/POLYCOM/CX600/A/ENU/${NEW}/CPE`,
  };
}

/** Answers in the dialect of this release and serves the offered files. */
const offering: Answer = (request, response, baseUrl) => {
  if (request.method === "GET") {
    sendContent(request, response, { content: CONTENT, etag: `"${request.path}"` });
    return;
  }
  const isDue = !request.body.includes(NEW);
  response.setHeader("content-type", "text/xml; charset=utf-8");
  response.end(render(isDue ? [{ image: anImage(baseUrl), fromVersion: OLD }] : []).body);
};

test("sends its identity and versions in XML that the server reads", async () => {
  await using server = await anUpdateServer((_request, response) => {
    response.end(render([]).body);
  });
  await using folder = await aPhoneFolder();
  const options = phoneOptions({ ...folder, url: server.url }, { pool: "pool 1" });
  const identity = { ...options.identity, serialNumber: "S<1>", user: "R&D\\adamb" };

  const { ending } = await run({ ...options, identity });

  expect(ending).toBe("nothing_due");
  const [asked] = server.requests;
  expect(asked?.path).toBe("/RequestHandler/ucdevice.upx?pool=pool+1");
  expect(asked?.headers["content-type"]).toBe("text/xml; charset=utf-8");
  expect(lyncReader()(asked?.body ?? "")).toEqual({
    kind: "read",
    request: {
      hardware: identity.hardware,
      macAddress: "0004F2000176",
      serialNumber: "S<1>",
      user: "R&D\\adamb",
      trigger: null,
      installed: [{ updateType: "CPE", fileName: "CPE.nbt", version: OLD, timestamp: null }],
    },
  });
});

test.each([
  ["internal", null, "/RequestHandler"],
  ["external", CREDENTIALS, "/RequestHandlerExt"],
] as const)(
  "downloads image and signature from the base URL of its side and runs the image: %s",
  async (side, credentials, root) => {
    await using server = await anUpdateServer(offering);
    await using folder = await aPhoneFolder();

    const { ending, installs, state, events, waitedMs } = await run(
      phoneOptions({ ...folder, url: server.url }, { side, credentials }),
    );

    expect({ ending, installs, waitedMs }).toEqual({
      ending: "nothing_due",
      installs: 1,
      waitedMs: [300_000],
    });
    expect(state).toMatchObject({
      active: [{ updateType: "CPE", version: NEW }],
      inactive: [{ version: OLD }],
    });
    const files = `${root}/Files/UCPhone/POLYCOM/CX600/A/ENU/${NEW}/CPE`;
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `POST ${root}/ucdevice.upx`,
      `GET ${files}/CPE.nbt`,
      `GET ${files}/CPE.cat`,
      `POST ${root}/ucdevice.upx`,
    ]);
    expect(server.requests.every(({ headers }) => "authorization" in headers)).toBe(
      credentials !== null,
    );
    expect(events).toContainEqual(
      expect.objectContaining({ kind: "answered", channel: null, nextCheckSeconds: 86_400 }),
    );
  },
);

test("continues after a dropped connection and gets the whole image", async () => {
  let hasDropped = false;
  await using server = await anUpdateServer((request, response, baseUrl) => {
    if (request.method !== "GET" || hasDropped) {
      offering(request, response, baseUrl);
      return;
    }
    hasDropped = true;
    response.writeHead(200, { etag: `"${request.path}"`, "content-length": CONTENT.length });
    response.write(CONTENT.subarray(0, 100_000), () => response.destroy());
  });
  await using folder = await aPhoneFolder();

  const { ending, events } = await run(phoneOptions({ ...folder, url: server.url }));

  expect(ending).toBe("nothing_due");
  expect(events).toContainEqual(
    expect.objectContaining({ kind: "downloaded", sha256: null, resumedAtBytes: 100_000 }),
  );
  const images = `${folder.stateFile}.images`;
  const contents = await Promise.all(
    (await readdir(images)).map((name) => readFile(`${images}/${name}`)),
  );
  expect(contents.map((content) => content.equals(CONTENT))).toEqual([true, true]);
});

test("accepts an image of unknown length when the server ends the response", async () => {
  await using server = await anUpdateServer((request, response, baseUrl) => {
    if (request.method === "GET") {
      response.write(CONTENT.subarray(0, 1000));
      response.end(CONTENT.subarray(1000));
    } else {
      offering(request, response, baseUrl);
    }
  });
  await using folder = await aPhoneFolder();

  expect(await run(phoneOptions({ ...folder, url: server.url }))).toMatchObject({
    ending: "nothing_due",
    installs: 1,
  });
});

test("asks at the exact URL in its user's provisioning document", async () => {
  await using home = await anUpdateServer(offering);
  await using first = await anUpdateServer((_request, response) => {
    response.end(
      writeProvisioning({
        internalUrl: `${home.url.href}prefix/RequestHandler/ucdevice.upx`,
        externalUrl: `${home.url.href}prefix/RequestHandlerExt/ucdevice.upx`,
        isEnabled: true,
      }),
    );
  });
  await using folder = await aPhoneFolder();

  const { ending } = await run(
    phoneOptions({ ...folder, url: first.url }, { provisionedUser: "adamb@contoso.com" }),
  );

  expect(ending).toBe("nothing_due");
  expect(home.requests[0]?.path).toBe("/prefix/RequestHandler/ucdevice.upx");
});

const MODULE = "<Module><Filename>CPE.nbt</Filename><Version>1</Version>";
const BASE_URLS =
  "<BaseURL>http://a.invalid</BaseURL><ExternalBaseURL>http://a.invalid</ExternalBaseURL>";

test.each([
  ["JSON", "{}"],
  ["another document", '<Response downloads="0"/>'],
  ["a count that differs from the number of modules", '<UpdateResponse downloads="1"/>'],
  ["no number", "<UpdateResponse/>"],
  [
    "a module without base URLs",
    `<UpdateResponse downloads="1">${MODULE}</Module></UpdateResponse>`,
  ],
  [
    "a file name that changes the path",
    `<UpdateResponse downloads="1">${MODULE.replace("CPE.nbt", "../CPE.nbt")}${BASE_URLS}</Module></UpdateResponse>`,
  ],
])("does not understand %s", async (_what, body) => {
  await using server = await anUpdateServer((_request, response) => {
    response.end(body);
  });
  await using folder = await aPhoneFolder();

  const { ending, events } = await run(phoneOptions({ ...folder, url: server.url }));

  expect(ending).toBe("check_failed");
  expect(events).toContainEqual(
    expect.objectContaining({ kind: "check_failed", reason: "not_understood" }),
  );
});
