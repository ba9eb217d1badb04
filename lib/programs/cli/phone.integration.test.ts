import { randomBytes, createHash } from "node:crypto";
import { expect, test } from "vitest";
import { parseOutput, runCli } from "#programs/cli/testing/run-cli";
import { anAnswer, anOffer } from "#programs/simulator/testing/answers";
import { aPhoneFolder } from "#programs/simulator/testing/phones";
import { anUpdateServer, sendContent, sendJson } from "#programs/simulator/testing/update-server";

const NEW_VERSION = "4.0.7577.4387";
const MAC = ["--mac", "00-04-F2-00-01-76"] as const;

test("simulates one update of a phone without a database, and stores its state", async () => {
  const content = randomBytes(100_000);
  const etag = `"${createHash("sha256").update(content).digest("hex")}"`;
  await using folder = await aPhoneFolder();
  await using server = await anUpdateServer((request, response, baseUrl) => {
    if (request.method === "GET") {
      sendContent(request, response, { content, etag });
    } else if (request.body.includes(NEW_VERSION)) {
      sendJson(response, anAnswer());
    } else {
      sendJson(response, anOffer(NEW_VERSION, { content, baseUrl }));
    }
  });
  const state = ["--state", folder.stateFile] as const;
  const where = ["--server", server.url.origin] as const;
  const env = { DATABASE_URL: "postgresql://unknown@127.0.0.1:1/none" };

  const run = await runCli(
    ["phone", ...where, ...MAC, ...state, "--once", "--time-scale", "100000"],
    { env },
  );

  expect(run).toMatchObject({ code: 0, stderr: "" });
  expect(run.stdout).toContain(`is offered the approved version CPE ${NEW_VERSION}`);
  expect(run.stdout).toContain("downloaded CPE.nbt; its digest is correct");
  expect(run.stdout).toContain(`restarted with ${NEW_VERSION}; 4.0.7577.4100 stays`);
  expect(run.stdout.trimEnd().split("\n").at(-1)).toContain("is offered no update");

  const information = await runCli(["phone", ...MAC, ...state, "--system-information"], { env });
  expect(information.stdout).toMatch(/Current version +4\.0\.7577\.4387/);
  const asJson = await runCli(["phone", ...MAC, ...state, "--system-information", "--json"]);
  expect(parseOutput(asJson)).toMatchObject({ active: [{ version: NEW_VERSION }] });
});

test("prints each event as one line of JSON", async () => {
  await using folder = await aPhoneFolder();
  await using server = await anUpdateServer((_request, response) => {
    sendJson(response, anAnswer());
  });

  const { stdout } = await runCli([
    "phone",
    "--server",
    server.url.origin,
    ...MAC,
    "--state",
    folder.stateFile,
    "--once",
    "--json",
  ]);

  const events = stdout
    .trimEnd()
    .split("\n")
    .map((line) => parseOutput({ stdout: line }));
  expect(events.at(-1)).toMatchObject({ kind: "answered", offered: [] });
});

test("checks in the XML of Lync phones with --dialect lync, and says that the download has no digest", async () => {
  await using folder = await aPhoneFolder();
  await using server = await anUpdateServer((request, response, baseUrl) => {
    if (request.method === "GET") {
      response.end("image");
      return;
    }
    const base = `<BaseURL>${baseUrl}/a</BaseURL><ExternalBaseURL>${baseUrl}/b</ExternalBaseURL>`;
    const module = `<Module><Filename>CPE.nbt</Filename><Version>${NEW_VERSION}</Version>${base}</Module>`;
    response.end(
      request.body.includes(NEW_VERSION)
        ? '<UpdateResponse downloads="0"/>'
        : `<UpdateResponse downloads="1">${module}</UpdateResponse>`,
    );
  });
  const where = ["--server", server.url.origin, "--state", folder.stateFile] as const;

  const run = await runCli([
    "phone",
    ...where,
    ...MAC,
    "--dialect",
    "lync",
    "--once",
    "--time-scale",
    "100000",
  ]);

  expect(run).toMatchObject({ code: 0, stderr: "" });
  expect(run.stdout).toContain(`is offered CPE ${NEW_VERSION}`);
  expect(run.stdout).toContain("downloaded CPE.nbt; the server gave no digest");
  expect(server.requests.map(({ path }) => path)).toEqual([
    "/RequestHandler/ucdevice.upx",
    "/a/CPE.nbt",
    "/RequestHandler/ucdevice.upx",
  ]);
});

test("exits with 14 when the service refuses it", async () => {
  await using folder = await aPhoneFolder();
  await using server = await anUpdateServer((_request, response) => {
    response.writeHead(403).end();
  });

  const { code, stderr } = await runCli([
    "phone",
    "--server",
    server.url.origin,
    ...MAC,
    "--state",
    folder.stateFile,
    "--once",
  ]);

  expect(code).toBe(14);
  expect(stderr).toMatch(/^ucupdates: /);
});

test.each([
  ["does not identify the phone", ["--server", "http://localhost"]],
  ["does not give the address of the service", [...MAC]],
  ["speaks what no phone does", ["--server", "http://localhost", ...MAC, "--dialect", "xml"]],
  ["has half a MAC address", ["--server", "http://localhost", "--mac", "00-04"]],
])("refuses a phone that %s", async (_, args) => {
  const { code, stderr } = await runCli(["phone", ...args]);

  expect(code).toBe(2);
  expect(stderr).toMatch(/^ucupdates: [^\n]+\n$/);
});
