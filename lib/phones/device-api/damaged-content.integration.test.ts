import { afterEach, beforeEach, expect, test } from "vitest";
import { aCheckBody } from "#phones/check/testing/check-body";
import { deviceService } from "#phones/device-api/testing/device-service";
import { findHealth } from "#phones/check/server/find-health";
import { renderMetrics } from "#phones/check/server/metrics";
import { reloadRules } from "#phones/check/testing/stored-update";
import { aContext } from "#foundation/core/testing/contexts";
import type { RawResponse } from "#phones/device-api/testing/device-server";
import { TESTED_DIALECTS } from "#phones/device-api/testing/tested-dialects";
import type { RunningContentKeeper } from "#firmware/files/server/content-keeper";
import { startContentKeeper } from "#firmware/files/server/content-keeper";
import { fileStore } from "#firmware/files/server/file-store";
import { DAMAGES, contentPath, flipByte } from "#firmware/files/testing/damage";
import type { ImportJob } from "#firmware/imports/model";
import { emptyImports, importOf } from "#firmware/imports/testing/imports";
import { aPackage, anImage } from "#firmware/imports/testing/packages";
import { checkAnswer } from "#formats/protocol/json-answer";
import { db } from "#foundation/platform/db/client";
import { toRuleRecord } from "#firmware/rules/rule-record";
import { findRuleDetails } from "#firmware/rules/server/find-rule";
import { act, aPool } from "#firmware/rules/testing/rules";

const VERSION = "4.0.7577.4387";
const PACKAGE = aPackage([
  { model: "CX600", version: VERSION, catalog: Buffer.from("a catalog") },
  { model: "CX500", version: VERSION },
]);
const IMAGE = Buffer.from(anImage(`CX600 ${VERSION}`));
const ROOTS = TESTED_DIALECTS.flatMap(({ filesRoots }) => filesRoots.internal);
const PATH = `UCPhone/POLYCOM/CX600/A/ENU/${VERSION}/CPE/CPE.nbt`;

/** Takes a second on an idle machine. */
const SOON = { timeout: 5_000, interval: 50 };

const { internal: server } = deviceService();
let keeper: RunningContentKeeper | null = null;
let ruleIds: readonly string[];

beforeEach(async () => {
  await emptyImports();
  await aPool();
  const { rules } = requireReport(await importOf(PACKAGE));
  ruleIds = rules.map(({ ruleId }) => ruleId ?? "");
  for (const ruleId of ruleIds) {
    await act("approve", ruleId);
  }
  await reloadRules();
});

afterEach(async () => {
  await keeper?.stop();
  keeper = null;
});

function requireReport(job: ImportJob) {
  if (job.state !== "succeeded") {
    throw new Error(`the import is ${job.state}`);
  }
  return job.report;
}

async function digestOf(model: string, role: string): Promise<string> {
  const { sha256 } = await db.releaseFile.findFirstOrThrow({
    where: { role, release: { hardwareKey: { contains: `/${model.toLowerCase()}/` } } },
  });
  return sha256;
}

function download(headers: Record<string, string> = {}, method = "GET"): Promise<RawResponse> {
  return server.send({ method, path: `${ROOTS[0] ?? ""}/${PATH}`, headers });
}

async function offersTo(model: string): Promise<number> {
  const body = aCheckBody("json", { model, macAddress: "0004F2000176" });
  const response = await server.send({ method: "POST", path: "/api/update/check", body });
  return checkAnswer.parse(response.json()).downloads;
}

test.each(Object.entries(DAMAGES))(
  "%s is not served, not offered, reported everywhere, and repaired by a new import",
  async (_, { problem, inflict }) => {
    expect((await download()).body.equals(IMAGE)).toBe(true);
    const sha256 = await digestOf("CX600", "image");
    await inflict(contentPath(sha256));
    keeper = startContentKeeper();

    for (const root of ROOTS) {
      const response = await server.send({ path: `${root}/${PATH}` });
      expect(response.status, root).toBe(503);
      expect(Number(response.headers["retry-after"])).toBeGreaterThan(0);
      expect(response.headers["content-type"]).toBe("application/problem+json");
    }
    expect((await download({}, "HEAD")).status).toBe(503);
    expect((await download({ range: "bytes=0-9" })).status).toBe(503);

    await expect.poll(() => offersTo("CX600"), SOON).toBe(0);
    expect(await offersTo("CX500")).toBe(1);
    expect(await findHealth()).toMatchObject({ status: "degraded", faultyFiles: 1 });
    expect((await renderMetrics()).text).toContain(
      `ucupdates_faulty_files{problem="${problem}"} 1`,
    );
    expect(await contentProblems()).toEqual([problem, null]);

    const { rules } = requireReport(await importOf(PACKAGE));

    expect(rules.map(({ outcome, because }) => [outcome, because])).toEqual([
      ["repaired", "approved"],
      ["unchanged", "approved"],
    ]);
    expect((await download()).body.equals(IMAGE)).toBe(true);
    await expect.poll(() => offersTo("CX600"), SOON).toBe(1);
    expect(await findHealth()).toMatchObject({ status: "ready", faultyFiles: 0 });
    expect(await contentProblems()).toEqual([null, null]);
  },
);

async function contentProblems(): Promise<readonly (string | null)[]> {
  const details = await Promise.all(ruleIds.map((id) => findRuleDetails(aContext(), id)));
  return details.map((found) => found && toRuleRecord(found.rule).contentProblem);
}

test("withdraws the offer for a damaged signature, as for a damaged image", async () => {
  keeper = startContentKeeper();
  await flipByte(contentPath(await digestOf("CX600", "signature")));

  const response = await server.send({
    path: `${ROOTS[0] ?? ""}/${PATH.replace(".nbt", ".cat")}`,
  });

  expect(response.status).toBe(503);
  await expect.poll(() => offersTo("CX600"), SOON).toBe(0);
});

test("answers 304 to a phone that has the content, even if the server's copy is damaged", async () => {
  const { headers } = await download();
  await flipByte(contentPath(await digestOf("CX600", "image")));

  expect((await download({ "if-none-match": headers.etag ?? "" })).status).toBe(304);
});

test("refuses to continue a download whose content was damaged", async () => {
  const part = await download({ range: "bytes=0-999" });
  await flipByte(contentPath(await digestOf("CX600", "image")));

  const rest = await download({ range: "bytes=1000-", "if-range": part.headers.etag ?? "" });

  expect(rest.status).toBe(503);
});

test("detects a changed file without a request for it", async () => {
  keeper = startContentKeeper();
  await flipByte(contentPath(await digestOf("CX600", "image")));

  await expect.poll(() => offersTo("CX600"), { timeout: 12_000 }).toBe(0);
}, 20_000);

test("offers and serves manually restored content at once", async () => {
  keeper = startContentKeeper();
  const path = contentPath(await digestOf("CX600", "image"));
  await flipByte(path);
  await download();
  await expect.poll(() => offersTo("CX600"), SOON).toBe(0);

  await flipByte(path);

  await expect.poll(() => offersTo("CX600"), SOON).toBe(1);
  expect((await download()).body.equals(IMAGE)).toBe(true);
});

test("trusts a problem found by another process over its own earlier verification", async () => {
  await download();
  const sha256 = await digestOf("CX600", "image");
  await db.blob.update({
    where: { sha256 },
    data: { problem: "damaged", problemSince: new Date() },
  });
  await reloadRules();
  expect(await offersTo("CX600")).toBe(0);
  keeper = startContentKeeper();

  // The file is intact: this process verifies it again, serves it, and withdraws the finding.
  expect((await download()).body.equals(IMAGE)).toBe(true);
  await expect.poll(() => offersTo("CX600"), SOON).toBe(1);
});

test("finds damage by scrubbing that no request and no modification time shows, and records when it read a file", async () => {
  const sha256 = await digestOf("CX600", "image");
  await db.blob.updateMany({ data: { verifiedAt: null, verifiedFile: null } });
  await flipByte(contentPath(sha256));
  keeper = startContentKeeper();

  await expect.poll(() => offersTo("CX600"), SOON).toBe(0);
  // The other files are recorded as they are read, which may be after the damaged one.
  const unread = async () =>
    (await db.blob.findMany({ where: { verifiedAt: null } })).map((row) => row.sha256);
  await expect.poll(unread, SOON).toEqual([sha256]);
  expect(await fileStore().verify(sha256)).toMatchObject({ problem: "damaged" });
});
