import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { deviceService } from "#phones/device-api/testing/device-service";
import type { StoredUpdate } from "#phones/check/testing/stored-update";
import { aStoredUpdate, reloadRules } from "#phones/check/testing/stored-update";
import type { RawResponse } from "#phones/device-api/testing/device-server";
import { TESTED_DIALECTS } from "#phones/device-api/testing/tested-dialects";
import { env } from "#foundation/platform/env";
import { CX600, aPool, act } from "#firmware/rules/testing/rules";

const FOLDER = "/api/update/files/UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE";
const IMAGE = `${FOLDER}/CPE.nbt`;
const SUFFIX = "UCPhone/POLYCOM/CX600/A/ENU";
const ROOTS = TESTED_DIALECTS.flatMap(({ filesRoots }) => filesRoots.internal);

const { internal: server } = deviceService({ lifetime: "file" });
let update: StoredUpdate;
let etag: string;

beforeAll(async () => {
  const pool = await aPool();
  update = await aStoredUpdate(pool, { version: "4.0.7577.4387" });
  etag = `"${update.sha256}"`;
  await reloadRules();
});

function get(path: string, headers: Record<string, string> = {}): Promise<RawResponse> {
  return server.send({ path, headers });
}

test("serves the imported image unchanged", async () => {
  const response = await get(IMAGE);

  expect(response.status).toBe(200);
  expect(response.body.equals(update.image)).toBe(true);
  expect(response.headers).toMatchObject({
    "content-type": "binary/octet-stream",
    "content-length": String(update.image.length),
    etag,
    "accept-ranges": "bytes",
  });
  expect(Date.parse(response.headers["last-modified"] ?? "")).toBeGreaterThan(0);
  expect(response.headers["content-encoding"]).toBeUndefined();
});

test("answers HEAD with the same headers and no content", async () => {
  const { headers } = await get(IMAGE);
  const response = await server.send({ method: "HEAD", path: IMAGE });

  expect(response.status).toBe(200);
  expect(response.body).toHaveLength(0);
  for (const name of ["content-type", "content-length", "etag", "last-modified", "accept-ranges"]) {
    expect(response.headers[name], name).toBe(headers[name]);
  }
});

test.each([
  ["CPE.nbt", "binary/octet-stream"],
  ["CPE.cat", "binary/octet-stream"],
  ["CPE.xml", "text/xml"],
])("serves %s with the media type that phones need", async (fileName, type) => {
  expect((await get(`${FOLDER}/${fileName}`)).headers["content-type"]).toBe(type);
});

test("serves a path in any case and any encoding", async () => {
  expect(
    (await get(IMAGE.replace("POLYCOM", "polycom").replace("CPE.nbt", "cpe.NBT"))).status,
  ).toBe(200);
  expect((await get(IMAGE.replace("CX600", "%43X600"))).status).toBe(200);
});

test.each([
  ["bytes=0-9", 0, 10],
  ["bytes=100-", 100, undefined],
  ["bytes=-7", -7, undefined],
])("answers %s with the range", async (...[range, start, end]) => {
  const expected = update.image.subarray(start, end);
  const first = start < 0 ? update.image.length + start : start;

  const response = await get(IMAGE, { range });

  expect(response.status).toBe(206);
  expect(response.body.equals(expected)).toBe(true);
  expect(response.headers["content-length"]).toBe(String(expected.length));
  expect(response.headers["content-range"]).toBe(
    `bytes ${first}-${first + expected.length - 1}/${update.image.length}`,
  );
});

test("continues an interrupted download", async () => {
  const begun = await get(IMAGE, { range: "bytes=0-999" });
  const rest = await get(IMAGE, { range: "bytes=1000-", "if-range": begun.headers.etag ?? "" });

  expect(rest.status).toBe(206);
  expect(Buffer.concat([begun.body, rest.body]).equals(update.image)).toBe(true);
});

test("restarts a download whose content has changed", async () => {
  const response = await get(IMAGE, { range: "bytes=1000-", "if-range": `"${"0".repeat(64)}"` });

  expect(response.status).toBe(200);
  expect(response.body.equals(update.image)).toBe(true);
});

test("returns 416 for a range beyond the end", async () => {
  const response = await get(IMAGE, { range: `bytes=${update.image.length}-` });

  expect(response.status).toBe(416);
  expect(response.headers["content-range"]).toBe(`bytes */${update.image.length}`);
});

test("returns 304 for content that the phone has", async () => {
  const { headers } = await get(IMAGE);

  for (const condition of [
    { "if-none-match": etag },
    { "if-none-match": `"other", W/${etag}` },
    { "if-none-match": "*" },
    { "if-modified-since": headers["last-modified"] ?? "" },
  ]) {
    const response = await get(IMAGE, condition);
    expect(response.status).toBe(304);
    expect(response.body).toHaveLength(0);
    expect(response.headers.etag).toBe(etag);
  }
  expect((await get(IMAGE, { "if-none-match": '"other"' })).status).toBe(200);
});

test.each([
  `${FOLDER}/CPE.exe`,
  `${FOLDER}/`,
  FOLDER,
  IMAGE.replace("4.0.7577.4387", "4.0.7577.4388"),
  `${FOLDER}/../CPE/CPE.xxx`,
  `${FOLDER}/%2e%2e/CPE.nbt`,
  `${FOLDER}/..%2fCPE.nbt`,
  `${FOLDER}/..%5cCPE.nbt`,
  `${FOLDER}/..\\CPE.nbt`,
  `${FOLDER}/CPE.nbt%00`,
  `${FOLDER}/%E0%A4%A`,
  "/api/update/files/../../../../../../etc/passwd",
  "/api/update/files/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
  "/api/update/files/..%2f..%2f..%2f..%2fetc/passwd",
  "/api/update/files//etc/passwd",
])("returns 404 for %s", async (path) => {
  const { status, body } = await get(path);

  // A malformed path may be refused with 400 instead.
  expect([400, 404]).toContain(status);
  expect(body.toString()).not.toContain("root:");
});

const OTHER = `"${"0".repeat(64)}"`;
const LONG_AGO = "Sun, 06 Nov 1994 08:49:37 GMT";
const IN_FUTURE = "Tue, 06 Nov 2096 08:49:37 GMT";

/** `etag` stands for the tag of the image and `modified` for its date. */
test.each([
  [{ "if-match": "etag" }, 200],
  [{ "if-match": `${OTHER}, etag` }, 200],
  [{ "if-match": "*" }, 200],
  [{ "if-match": OTHER }, 412],
  [{ "if-match": "W/etag" }, 412],
  [{ "if-match": OTHER, "if-none-match": "etag" }, 412],
  [{ "if-match": OTHER, range: "bytes=0-9" }, 412],
  [{ "if-match": OTHER, "if-unmodified-since": IN_FUTURE }, 412],
  [{ "if-match": "etag", "if-unmodified-since": LONG_AGO }, 200],
  [{ "if-match": "etag", "if-none-match": "etag" }, 304],
  [{ "if-match": "etag", range: "bytes=0-9" }, 206],
  [{ "if-unmodified-since": LONG_AGO }, 412],
  [{ "if-unmodified-since": "Sun Nov  6 08:49:37 1994" }, 412],
  [{ "if-unmodified-since": "modified" }, 200],
  [{ "if-unmodified-since": "1994" }, 200],
  [{ "if-none-match": "W/etag" }, 304],
  [{ "if-none-match": OTHER, "if-modified-since": IN_FUTURE }, 200],
  [{ "if-modified-since": IN_FUTURE }, 304],
  [{ "if-modified-since": "2096" }, 200],
  [{ "if-modified-since": LONG_AGO }, 200],
  [{ "if-none-match": "etag", range: "bytes=0-9" }, 304],
  [{ "if-range": "etag", range: "bytes=0-9" }, 206],
  [{ "if-range": "modified", range: "bytes=0-9" }, 206],
  [{ "if-range": "W/etag", range: "bytes=0-9" }, 200],
  [{ "if-range": "*", range: "bytes=0-9" }, 200],
  [{ "if-range": IN_FUTURE, range: "bytes=0-9" }, 200],
  [{ "if-range": OTHER, range: "bytes=99999999-" }, 200],
  [{ "if-range": "etag", range: "bytes=99999999-" }, 416],
  [{ "if-range": "etag" }, 200],
  [{ range: "bytes=0-0,-1" }, 200],
  [{ range: "bytes=-99999999" }, 206],
  [{ range: "bytes=-0" }, 416],
  [{ range: "bytes=9-0" }, 200],
  [{ range: "items=0-9" }, 200],
] as const)("answers the condition %j with %i", async (...[condition, status]) => {
  const { headers } = await get(IMAGE);
  const sent = Object.fromEntries(
    Object.entries(condition).map(([name, value]) => [
      name,
      value.replace("etag", etag).replace("modified", headers["last-modified"] ?? ""),
    ]),
  );
  const response = await get(IMAGE, sent);
  // A range belongs to GET alone, so HEAD answers as if there were none.
  const whole = await get(IMAGE, { ...sent, range: "" });
  const head = await server.send({ method: "HEAD", path: IMAGE, headers: sent });

  expect(response.status).toBe(status);
  expect(response.headers.etag).toBe(etag);
  expect(head.status).toBe(whole.status);
  expect(head.headers["content-length"]).toBe(whole.headers["content-length"]);
  expect(head.body).toHaveLength(0);
});

/** Below the folder of the image: the spellings of one path. */
test.each([
  ["CPE.nbt", 200],
  ["cpe.NBT", 200],
  ["CPE%2Enbt", 200],
  ["%43PE.nbt", 200],
  ["CPE.nbt?x=/../y", 200],
  ["./CPE.nbt", 200],
  ["/CPE.nbt", 200],
  ["//CPE.nbt", 200],
  ["\\CPE.nbt", 200],
  ["../CPE/CPE.nbt", 404],
  ["..\\CPE\\CPE.nbt", 404],
  ["%2e%2e/CPE/CPE.nbt", 404],
  [".%2E/CPE/CPE.nbt", 404],
  ["%2E./CPE/CPE.nbt", 404],
  ["..%2fCPE%2fCPE.nbt", 404],
  ["..%5cCPE%5cCPE.nbt", 404],
  ["x/../CPE.nbt", 404],
  ["x/%2e%2e/CPE.nbt", 404],
  ["x/y/../../CPE.nbt", 404],
  ["%2fCPE.nbt", 404],
  ["%5cCPE.nbt", 404],
  ["CPE.nbt/", 404],
  ["CPE.nbt/.", 404],
  ["CPE.nbt/x/..", 404],
  ["CPE.nbt;x=1", 404],
  ["CPE.nbt%3B", 404],
  ["CPE.nbt.", 404],
  ["CPE.nbt%20", 404],
  ["CPE.nbt::$DATA", 404],
  ["%252e%252e/CPE/CPE.nbt", 404],
  ["CPE%252Enbt", 404],
])("answers %s below the folder of an image with %i", async (path, status) => {
  for (const root of ROOTS) {
    const folder = FOLDER.replace("/api/update/files", root);
    for (const method of ["GET", "HEAD"]) {
      const answer = await server.send({ method, path: `${folder}/${path}` });
      expect(answer.status, `${method} ${root}`).toBe(status);
    }
  }
});

test("refuses other methods for files", async () => {
  const response = await server.send({ method: "DELETE", path: IMAGE });

  expect(response.status).toBe(405);
  expect(response.headers.allow).toBe("GET, HEAD");
});

test("serves a file only while a rule offers it", async () => {
  await act("reset", update.ruleId);
  await reloadRules();
  expect((await get(IMAGE)).status).toBe(404);
});

test.each(ROOTS)("continues a download below %s after an approval", async (root) => {
  const pool = await aPool(`${randomUUID()}.contoso.com`);
  const hardware = { ...CX600, model: `CX-${randomUUID()}` };
  const first = await aStoredUpdate(pool, { version: "1.0", hardware });
  await act("approve", first.ruleId);
  const second = await aStoredUpdate(pool, { version: "2.0", hardware });
  await reloadRules();
  const folder = `${root}/${SUFFIX}`.replace("CX600", hardware.model);
  const address = (version: string): string => `${folder}/${version}/CPE/CPE.nbt`;
  const begun = await get(address("1.0"), { range: "bytes=0-99" });
  const begunPending = await get(address("2.0"), { range: "bytes=0-99" });

  await act("approve", first.ruleId);
  await reloadRules();

  for (const [version, part, { image }] of [
    ["1.0", begun, first],
    ["2.0", begunPending, second],
  ] as const) {
    for (const path of [address(version), inAnotherCase(address(version), root)]) {
      const rest = await get(path, { range: "bytes=100-", "if-range": part.headers.etag ?? "" });
      expect(rest.status, path).toBe(206);
      expect(Buffer.concat([part.body, rest.body]).equals(image)).toBe(true);
      expect((await server.send({ method: "HEAD", path })).status).toBe(200);
    }
  }
});

/** Below a root of the original the whole path is case-insensitive; below ours, all except the root. */
function inAnotherCase(path: string, root: string): string {
  return root.startsWith("/api/")
    ? `${root}${path.slice(root.length).toLowerCase()}`
    : path.toUpperCase();
}

test("returns 404 for a version that no rule holds any more", async () => {
  const pool = await aPool(`${randomUUID()}.contoso.com`);
  const hardware = { ...CX600, model: `CX-${randomUUID()}` };
  const { ruleId } = await aStoredUpdate(pool, { version: "1.0", hardware });
  const statuses = async (): Promise<readonly number[]> => {
    await reloadRules();
    const folder = `${ROOTS[0] ?? ""}/${SUFFIX}`.replace("CX600", hardware.model);
    const answers = ["1.0", "2.0", "3.0"].map((version) => get(`${folder}/${version}/CPE/CPE.nbt`));
    return (await Promise.all(answers)).map(({ status }) => status);
  };
  await act("approve", ruleId);
  await aStoredUpdate(pool, { version: "2.0", hardware });
  expect(await statuses()).toEqual([200, 200, 404]);

  await act("reset", ruleId);
  expect(await statuses()).toEqual([200, 404, 404]);

  await aStoredUpdate(pool, { version: "2.0", hardware });
  await act("approve", ruleId, { evenIfRejected: true });
  await aStoredUpdate(pool, { version: "3.0", hardware });
  expect(await statuses()).toEqual([200, 200, 200]);

  await act("approve", ruleId);
  expect(await statuses()).toEqual([404, 200, 200]);

  await act("restore", ruleId);
  const restored = await statuses();
  expect(restored[1]).toBe(200);

  await act("remove", ruleId);
  expect(await statuses()).toEqual([404, 404, 404]);
});

test("returns 503 for content that is missing from the store", async () => {
  const { sha256 } = await aStoredUpdate(await aPool("pool02.contoso.com"), { version: "5.0" });
  await rm(join(env().DATA_DIRECTORY, "files", sha256.slice(0, 2), sha256));
  await reloadRules();

  const response = await get(IMAGE.replace("4.0.7577.4387", "5.0"));

  expect(response.status).toBe(503);
  expect(response.body.toString()).not.toContain(sha256);
});
