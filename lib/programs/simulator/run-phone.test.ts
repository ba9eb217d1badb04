import { createHash, randomBytes } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import type { PhoneEvent, PhoneRun } from "#programs/simulator/events";
import type { PhoneOptions } from "#programs/simulator/options";
import { loadPhone, runPhone } from "#programs/simulator/run-phone";
import { systemInformation } from "#programs/simulator/system-information";
import { anAnswer, anOffer } from "#programs/simulator/testing/answers";
import { aClock, aPhoneFolder, phoneOptions } from "#programs/simulator/testing/phones";
import { anUpdateServer, sendContent, sendJson } from "#programs/simulator/testing/update-server";
import type { Answer } from "#programs/simulator/testing/update-server";

const CONTENT = randomBytes(300_000);
const ETAG = `"${createHash("sha256").update(CONTENT).digest("hex")}"`;
const NEW_VERSION = "4.0.7577.4387";

type Ran = PhoneRun & {
  readonly events: readonly PhoneEvent[];
  readonly waitedMs: readonly number[];
};

async function run(options: PhoneOptions, controller = new AbortController()): Promise<Ran> {
  const events: PhoneEvent[] = [];
  const clock = aClock();
  const onEvent = (event: PhoneEvent): void => {
    events.push(event);
  };
  const result = await runPhone(options, { signal: controller.signal, onEvent, clock });
  return { ...result, events, waitedMs: clock.waitedMs };
}

/** Offers the new version to phones that run another one, and serves its file. */
const offering: Answer = (request, response, baseUrl) => {
  if (request.method === "GET") {
    sendContent(request, response, { content: CONTENT, etag: ETAG });
  } else if (request.body.includes(NEW_VERSION)) {
    sendJson(response, anAnswer());
  } else {
    sendJson(response, anOffer(NEW_VERSION, { content: CONTENT, baseUrl }));
  }
};

test("does nothing without an offer, and sends its version to the server", async () => {
  await using server = await anUpdateServer((_request, response) => {
    sendJson(response, anAnswer());
  });
  await using folder = await aPhoneFolder();

  const { ending } = await run(phoneOptions({ ...folder, url: server.url }, { pool: "pool 1" }));

  expect(ending).toBe("nothing_due");
  expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "POST /api/update/check?pool=pool+1",
  ]);
  expect(JSON.parse(server.requests[0]?.body ?? "")).toEqual({
    schema: 1,
    device: {
      deviceType: "UCPhone",
      vendor: "POLYCOM",
      model: "CX600",
      revision: "A",
      locale: "ENU",
      macAddress: "0004F2000176",
      serialNumber: null,
    },
    user: null,
    trigger: "boot",
    modules: [{ updateType: "CPE", fileName: "CPE.nbt", version: "4.0.7577.4100" }],
  });
});

test("a phone whose update does not start boots the previous version and gets the offer again", async () => {
  await using server = await anUpdateServer(offering);
  await using folder = await aPhoneFolder();
  const options = phoneOptions({ ...folder, url: server.url }, { fault: "fails_to_install" });

  const { ending, installs, events, state } = await run(options);

  expect({ ending, installs }).toEqual({ ending: "still_offered", installs: 0 });
  expect(events).toContainEqual({ kind: "install_failed", version: "4.0.7577.4100" });
  expect(events.filter(({ kind }) => kind === "checking")).toEqual([
    { kind: "checking", trigger: "boot", version: "4.0.7577.4100" },
    { kind: "checking", trigger: "boot", version: "4.0.7577.4100" },
  ]);
  expect(state).toMatchObject({ active: [{ version: "4.0.7577.4100" }], inactive: null });
});

test("a phone that vanishes sends nothing after its download, and checks when it is switched on", async () => {
  await using server = await anUpdateServer(offering);
  await using folder = await aPhoneFolder();
  const options = phoneOptions(
    { ...folder, url: server.url },
    { fault: "vanishes_after_download", isOnce: false },
  );

  const { ending, installs } = await run(options);

  expect({ ending, installs }).toEqual({ ending: "vanished", installs: 0 });
  expect(server.requests.map(({ method }) => method)).toEqual(["POST", "GET"]);

  expect(await run({ ...options, isOnce: true, fault: null })).toMatchObject({
    ending: "nothing_due",
    installs: 1,
  });
});

test("downloads the offer, waits until it is idle, restarts into the new version and checks again", async () => {
  await using server = await anUpdateServer(offering);
  await using folder = await aPhoneFolder();
  const options = phoneOptions({ ...folder, url: server.url }, { timeScale: 10 });

  const { ending, installs, waitedMs } = await run(options);

  expect({ ending, installs, waitedMs }).toEqual({
    ending: "nothing_due",
    installs: 1,
    waitedMs: [30_000],
  });
  const state = await loadPhone(options);
  expect(state).toMatchObject({
    active: [{ version: NEW_VERSION }],
    inactive: [{ version: "4.0.7577.4100" }],
  });
  expect(systemInformation(state, options.identity).split("\n")).toEqual([
    "Model            POLYCOM CX600 A",
    "MAC address      00-04-F2-00-01-76",
    "Serial number    none",
    "Current version  4.0.7577.4387",
    "Other partition  4.0.7577.4100",
    "Last update      2026-01-05T08:00:30.000Z, from 4.0.7577.4100 to 4.0.7577.4387",
    "Last check       2026-01-05T08:00:30.000Z",
  ]);
  expect(await readdir(`${folder.stateFile}.images`)).toEqual([ETAG.replaceAll('"', "")]);
});

test("continues after a dropped connection", async () => {
  let drops = 0;
  await using server = await anUpdateServer((request, response, baseUrl) => {
    if (request.method !== "GET" || drops === 2) {
      offering(request, response, baseUrl);
      return;
    }
    drops += 1;
    const start = Number(/\d+/.exec(request.headers.range ?? "0")?.[0]);
    const range = { "content-range": `bytes ${start}-${CONTENT.length - 1}/${CONTENT.length}` };
    response.writeHead(start === 0 ? 200 : 206, {
      etag: ETAG,
      "content-length": CONTENT.length - start,
      ...(start === 0 ? {} : range),
    });
    response.write(CONTENT.subarray(start, start + 100_000), () => response.destroy());
  });
  await using folder = await aPhoneFolder();

  const { ending, installs, events, waitedMs } = await run(
    phoneOptions({ ...folder, url: server.url }),
  );

  expect({ ending, installs }).toEqual({ ending: "nothing_due", installs: 1 });
  expect(waitedMs).toEqual([2_000, 4_000, 300_000]);
  expect(events).toContainEqual(
    expect.objectContaining({ kind: "downloaded", resumedAtBytes: 200_000 }),
  );
  expect(
    server.requests
      .filter(({ method }) => method === "GET")
      .map(({ headers }) => [headers.range, headers["if-range"]]),
  ).toEqual([
    [undefined, undefined],
    ["bytes=100000-", ETAG],
    ["bytes=200000-", ETAG],
  ]);
});

test("continues a partial download after a power cut", async () => {
  const controller = new AbortController();
  await using server = await anUpdateServer((request, response, baseUrl) => {
    if (request.method === "GET" && request.headers.range === undefined) {
      response.writeHead(200, { etag: ETAG, "content-length": CONTENT.length });
      response.write(CONTENT.subarray(0, 100_000));
      return;
    }
    offering(request, response, baseUrl);
  });
  await using folder = await aPhoneFolder();
  const options = phoneOptions({ ...folder, url: server.url });
  const cut = await runPhone(options, {
    signal: controller.signal,
    onEvent: (event) => {
      if (event.kind === "receiving" && event.receivedBytes === 100_000) {
        controller.abort();
      }
    },
    clock: aClock(),
  });

  const { installs, events } = await run(options);

  expect(cut.ending).toBe("stopped");
  expect(installs).toBe(1);
  expect(events).toContainEqual(
    expect.objectContaining({ kind: "downloaded", resumedAtBytes: 100_000 }),
  );
});

test("restarts the download when the content has changed", async () => {
  const old = randomBytes(CONTENT.length);
  let isFirst = true;
  await using server = await anUpdateServer((request, response, baseUrl) => {
    if (request.method === "GET" && isFirst) {
      isFirst = false;
      response.writeHead(200, { etag: '"old"', "content-length": old.length });
      response.write(old.subarray(0, 100_000), () => response.destroy());
      return;
    }
    offering(request, response, baseUrl);
  });
  await using folder = await aPhoneFolder();

  const { installs, events } = await run(phoneOptions({ ...folder, url: server.url }));

  expect(installs).toBe(1);
  expect(events).toContainEqual(expect.objectContaining({ kind: "downloaded", resumedAtBytes: 0 }));
});

test.each([
  ["another content", randomBytes(CONTENT.length), "wrong_digest"],
  ["more than was offered", Buffer.concat([CONTENT, Buffer.from("x")]), "wrong_size"],
])("discards %s and keeps its version", async (_what, served, reason) => {
  await using server = await anUpdateServer((request, response, baseUrl) => {
    if (request.method === "GET") {
      sendContent(request, response, { content: served, etag: '"other"' });
    } else {
      offering(request, response, baseUrl);
    }
  });
  await using folder = await aPhoneFolder();

  const { ending, installs, state, events } = await run(
    phoneOptions({ ...folder, url: server.url }),
  );

  expect({ ending, installs }).toEqual({ ending: "download_failed", installs: 0 });
  expect(state.active).toMatchObject([{ version: "4.0.7577.4100" }]);
  expect(events).toContainEqual(expect.objectContaining({ kind: "download_rejected", reason }));
  expect(await readdir(`${folder.stateFile}.images`)).toEqual([]);
});

test.each([
  ["seconds", "120", 120_000],
  ["a date", "Mon, 05 Jan 2026 08:02:00 GMT", 120_000],
])("retries at the time that the server states in %s", async (_form, retryAfter, waitMs) => {
  let isBusy = true;
  await using server = await anUpdateServer((_request, response) => {
    if (isBusy) {
      isBusy = false;
      response.writeHead(503, { "retry-after": retryAfter });
      response.end();
    } else {
      sendJson(response, anAnswer());
    }
  });
  await using folder = await aPhoneFolder();

  const { ending, waitedMs } = await run(phoneOptions({ ...folder, url: server.url }));

  expect({ ending, waitedMs }).toEqual({ ending: "nothing_due", waitedMs: [waitMs] });
});

test.each([
  ["redirected", 302, {}],
  ["refused", 400, { detail: "The request does not match the expected shape." }],
  ["not_understood", 200, { schema: 2 }],
])("ends a single run when it is %s", async (reason, status, body) => {
  await using server = await anUpdateServer((_request, response) => {
    response.setHeader("location", "/elsewhere");
    sendJson(response, body, status);
  });
  await using folder = await aPhoneFolder();

  const { ending, events } = await run(phoneOptions({ ...folder, url: server.url }));

  expect(ending).toBe("check_failed");
  expect(events).toContainEqual(expect.objectContaining({ kind: "check_failed", reason }));
  expect(server.requests).toHaveLength(1);
});

test("does not follow a redirect of an image", async () => {
  await using server = await anUpdateServer((request, response, baseUrl) => {
    if (request.method === "GET") {
      response.writeHead(301, { location: "/elsewhere" });
      response.end();
    } else {
      offering(request, response, baseUrl);
    }
  });
  await using folder = await aPhoneFolder();

  const { ending, events } = await run(phoneOptions({ ...folder, url: server.url }));

  expect(ending).toBe("download_failed");
  expect(events).toContainEqual(expect.objectContaining({ reason: "redirected" }));
});

test("reports that the server does not answer", async () => {
  await using folder = await aPhoneFolder();

  const { ending, message } = await run(
    phoneOptions({ ...folder, url: new URL("http://127.0.0.1:1/") }),
  );

  expect(ending).toBe("check_failed");
  expect(message).toBe("No answer from 127.0.0.1:1: ECONNREFUSED.");
});

test("outside the firewall sends its user's password to the checked server, and to no other server unencrypted", async () => {
  await using stranger = await anUpdateServer(offering);
  await using server = await anUpdateServer((_request, response) => {
    sendJson(response, anOffer(NEW_VERSION, { content: CONTENT, baseUrl: stranger.url.origin }));
  });
  await using folder = await aPhoneFolder();
  const credentials = { userName: "CONTOSO\\adamb", password: "pässword" };

  await run(phoneOptions({ ...folder, url: server.url }, { side: "external", credentials }));

  const expected = `Basic ${Buffer.from("CONTOSO\\adamb:pässword").toString("base64")}`;
  expect(server.requests[0]).toMatchObject({
    path: "/api/update/external/check",
    headers: { authorization: expected },
  });
  expect(stranger.requests[0]?.path).toBe("/api/update/external/files/CPE.nbt");
  expect(stranger.requests[0]?.headers.authorization).toBeUndefined();
});

test("downloads the offered paths from the checked server if configured", async () => {
  await using server = await anUpdateServer((request, response) => {
    offering(request, response, "http://pool01.contoso.invalid");
  });
  await using folder = await aPhoneFolder();

  const { installs } = await run(
    phoneOptions({ ...folder, url: server.url }, { filesFrom: "check_server" }),
  );

  expect(installs).toBe(1);
});

test("runs until it is stopped: checks at boot, when its user signs in, and every day", async () => {
  const controller = new AbortController();
  await using server = await anUpdateServer((_request, response) => {
    sendJson(response, anAnswer());
    if (server.requests.length === 4) {
      controller.abort();
    }
  });
  await using folder = await aPhoneFolder();
  const options = phoneOptions({ ...folder, url: server.url }, { isOnce: false });

  const { ending, waitedMs } = await run(
    { ...options, identity: { ...options.identity, user: "adamb@contoso.com" } },
    controller,
  );

  expect(ending).toBe("stopped");
  const triggers = server.requests.map(({ body }) => /"trigger":"(\w+)"/.exec(body)?.[1]);
  expect(triggers).toEqual(["boot", "signin", "timer", "timer"]);
  expect(waitedMs.slice(0, 2)).toEqual([86_400_000, 86_400_000]);
});

test("refuses a state file that is not of a phone and does not change it", async () => {
  await using folder = await aPhoneFolder();
  await writeFile(folder.stateFile, '{"active": 7}');

  const running = run(phoneOptions({ ...folder, url: new URL("http://127.0.0.1:1/") }));

  await expect(running).rejects.toMatchObject({ code: "invalid_state" });
  expect(await readFile(folder.stateFile, "utf8")).toBe('{"active": 7}');
});

test.each([
  ["/proc/ucupdates/phone.json", "cannot be written"],
  ["/proc/version/phone.json", "cannot be read"],
  ["/proc", "cannot be read"],
])("says in one sentence that the state file %s %s", async (stateFile, problem) => {
  await using folder = await aPhoneFolder();

  const running = run(phoneOptions({ ...folder, stateFile, url: new URL("http://127.0.0.1:1/") }));

  await expect(running).rejects.toMatchObject({
    code: "invalid_input",
    message: `${stateFile} ${problem}.`,
  });
});
