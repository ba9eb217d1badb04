import { readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { auditDirectory } from "#phones/check-log/server/audit-files";
import { recordCheck, recorderState, startRecorder } from "#phones/check-log/server/recorder";
import { aRecord } from "#phones/check-log/testing/records";
import { emptyTables } from "#foundation/platform/testing/database";
import { testEnvironment } from "#foundation/platform/testing/environment";
import { auditHeader, readAuditLines } from "#formats/protocol/audit-line";

/** In a separate file, because settings are read once per process. */
testEnvironment({ LOG_STORE_FREE_BYTES: "0", CHECK_AUDIT_HEADER: "false" });

beforeEach(async () => {
  await emptyTables();
  await rm(auditDirectory(), { recursive: true, force: true });
});

afterEach(async () => {
  await recorderState().running?.stop();
});

test("CHECK_AUDIT_HEADER=false writes files without a header", async () => {
  const first = startRecorder();
  recordCheck(aRecord({ at: new Date("2026-11-21T12:00:00Z"), serialNumber: "one" }));
  await first.flush();
  recordCheck(aRecord({ at: new Date("2026-11-21T12:00:01Z"), serialNumber: "two" }));
  recordCheck(aRecord({ at: new Date("2026-11-22T12:00:00Z"), serialNumber: "three" }));
  await first.flush();
  await first.stop();
  // After a restart, the service continues the existing file.
  const second = startRecorder();
  recordCheck(aRecord({ at: new Date("2026-11-22T12:00:01Z"), serialNumber: "four" }));
  await second.flush();

  const files = (await readdir(auditDirectory())).toSorted();
  const texts = await Promise.all(
    files.map((name) => readFile(join(auditDirectory(), name), "utf8")),
  );
  expect(texts.map((text) => text.split("\r\n").map(serialNumberOf))).toEqual([
    ["one", "two", ""],
    ["three", "four", ""],
  ]);
  expect(texts.flatMap(readAuditLines)).toHaveLength(4);
});

function serialNumberOf(line: string): string {
  return line === auditHeader() ? "header" : (line.split(",")[4] ?? "");
}
