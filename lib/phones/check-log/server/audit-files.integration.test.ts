import { Buffer } from "node:buffer";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { auditFileName } from "#phones/check-log/audit-file-name";
import {
  appendAuditLines,
  auditDirectory,
  deleteAuditFilesBefore,
  deleteSurplusAuditFiles,
  encodeAuditLine,
} from "#phones/check-log/server/audit-files";
import { exportChecks } from "#phones/check-log/server/export-checks";
import { listChecks } from "#phones/check-log/server/list-checks";
import type { CheckSearch } from "#phones/check-log/search-params";
import { EVERY_CHECK } from "#phones/check-log/search-params";
import { recordCheck, recorderState, startRecorder } from "#phones/check-log/server/recorder";
import { readCsvRecords } from "#foundation/core/csv";
import { aContext } from "#foundation/core/testing/contexts";
import { eventually } from "#foundation/core/testing/eventually";
import { CX600 } from "#firmware/rules/testing/rules";
import { aRecord } from "#phones/check-log/testing/records";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { testEnvironment } from "#foundation/platform/testing/environment";
import { readAuditLines } from "#formats/protocol/audit-line";

const IMAGE = {
  fileName: "CPE.nbt",
  signatureFileName: "CPE.cat",
  version: "4.0.7577.4387",
  releasedAt: new Date("2013-04-10T00:00:00Z"),
};

testEnvironment({ LOG_STORE_FREE_BYTES: "0" });

beforeEach(async () => {
  await emptyTables();
  await rm(auditDirectory(), { recursive: true, force: true });
});

afterEach(async () => {
  await recorderState().running?.stop();
});

async function fileOf(day: string): Promise<string> {
  const names = await readdir(auditDirectory());
  const name = names.find((one) => one.endsWith(`_${day}.log`)) ?? "";
  expect(name).toMatch(/^RequestHandlerAuditLog_[A-Za-z0-9.-]+_\d{4}-\d{2}-\d{2}\.log$/);
  return readFile(join(auditDirectory(), name), "utf8");
}

test("checks of all outcomes have a line in the file of their day", async () => {
  const recorder = startRecorder();
  recordCheck(aRecord({ at: new Date("2026-11-21T23:59:59Z"), images: [IMAGE] }));
  recordCheck(aRecord({ at: new Date("2026-11-22T00:00:00Z"), outcome: "unauthenticated" }));
  recordCheck(aRecord({ at: new Date("2026-11-22T00:00:01Z"), outcome: "already_installed" }));
  await recorder.flush();

  const before = await fileOf("2026-11-21");
  expect(before).toBe(
    "Logging DateTime,User Host Address,Device Type,MAC Address,Serial Number,Vendor,Model,Revision,Locale,Request Modules,Response Modules,User ID\r\n" +
      "2026-11-21T23:59:59Z,10.0.0.7,UCPhone,,07823-A345,POLYCOM,CX600,A,ENU,CPE.nbt;4.0.0.0;,CPE.nbt;CPE.cat;4.0.7577.4387;2013-04-10T00:00:00Z,\r\n",
  );
  expect(readAuditLines(await fileOf("2026-11-22"))).toHaveLength(2);
});

test("each file starts with one header, also after a restart and when the day changes", async () => {
  const first = startRecorder();
  recordCheck(aRecord({ at: new Date("2026-11-21T12:00:00Z"), serialNumber: "one" }));
  await first.flush();
  recordCheck(aRecord({ at: new Date("2026-11-21T12:00:01Z"), serialNumber: "two" }));
  recordCheck(aRecord({ at: new Date("2026-11-22T12:00:00Z"), serialNumber: "three" }));
  await first.flush();
  await first.stop();
  const second = startRecorder();
  recordCheck(aRecord({ at: new Date("2026-11-22T12:00:01Z"), serialNumber: "four" }));
  await second.flush();

  const cells = await Promise.all(
    ["2026-11-21", "2026-11-22"].map(async (day) =>
      (await fileOf(day)).split("\r\n").map((line) => line.split(",")[4] ?? ""),
    ),
  );
  expect(cells).toEqual([
    ["Serial Number", "one", "two", ""],
    ["Serial Number", "three", "four", ""],
  ]);
});

test("a file of an earlier version without a header is continued without one", async () => {
  const line =
    "2026-11-22T07:00:00Z,10.0.0.7,UCPhone,,07823-A345,POLYCOM,CX600,A,ENU,CPE.nbt;4.0.0.0;,,\r\n";
  await mkdir(auditDirectory(), { recursive: true });
  await writeFile(join(auditDirectory(), auditFileName(hostname(), "2026-11-22")), line);
  const recorder = startRecorder();
  recordCheck(aRecord());
  await recorder.flush();

  const text = await fileOf("2026-11-22");
  expect(text.startsWith(line)).toBe(true);
  expect(text).not.toContain("Logging DateTime");
  expect(readAuditLines(text)).toHaveLength(2);
});

test("an empty file that a power cut left behind gets a header", async () => {
  await mkdir(auditDirectory(), { recursive: true });
  await writeFile(join(auditDirectory(), auditFileName(hostname(), "2026-11-22")), "");
  const recorder = startRecorder();
  recordCheck(aRecord());
  await recorder.flush();

  expect(await fileOf("2026-11-22")).toMatch(/^Logging DateTime,[^\r\n]*\r\n2026-11-22T/);
});

test("processes that start a day at the same time write one header and lose no line", async () => {
  const day = "2026-11-22";
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      appendAuditLines(day, Buffer.from(encodeAuditLine(aRecord({ serialNumber: `S${index}` })))),
    ),
  );

  const text = await fileOf(day);
  expect(text.indexOf("Logging DateTime")).toBe(0);
  expect(text.split("Logging DateTime")).toHaveLength(2);
  expect(readAuditLines(text)).toHaveLength(20);
  // The drafts of the header are deleted.
  expect(await readdir(auditDirectory())).toHaveLength(1);
});

test("a partial line that a power cut left behind does not damage the next line", async () => {
  const recorder = startRecorder();
  recordCheck(aRecord());
  await recorder.flush();
  const [name = ""] = await readdir(auditDirectory());
  await writeFile(join(auditDirectory(), name), "2026-11-22T07:59", { flag: "a" });

  recordCheck(aRecord());
  await recorder.flush();

  expect(readAuditLines(await fileOf("2026-11-22"))).toHaveLength(2);
});

test("an unwritable file does not delay the database, and gets its lines later", async () => {
  await mkdir(dirname(auditDirectory()), { recursive: true });
  await writeFile(auditDirectory(), "in the way");
  const recorder = startRecorder();
  recordCheck(aRecord());

  expect(await recorder.flush()).toBe(true);
  expect(await db.deviceCheck.count()).toBe(1);

  await rm(auditDirectory(), { recursive: true, force: true });
  // An attempt that began before may still fail.
  await eventually(async () => {
    await recorder.flush();
    expect(readAuditLines(await fileOf("2026-11-22"))).toHaveLength(1);
  });
});

test("deletes old files by whole days, and keeps unrelated files", async () => {
  const recorder = startRecorder();
  recordCheck(aRecord({ at: new Date("2026-11-20T12:00:00Z") }));
  recordCheck(aRecord({ at: new Date("2026-11-21T12:00:00Z") }));
  await recorder.flush();
  await writeFile(join(auditDirectory(), "notes.txt"), "mine");

  expect(await deleteAuditFilesBefore(new Date("2026-11-21T00:00:00Z"))).toBe(1);
  expect(await readdir(auditDirectory())).toHaveLength(2);
});

test.each<[string, Partial<CheckSearch>, readonly string[]]>([
  ["everything, newest first", {}, ["three", "two", "one"]],
  ["by MAC address, in any notation", { q: "00-04-f2-00-01-76" }, ["one"]],
  ["by part of a serial number", { q: "TW" }, ["two"]],
  ["by model", { model: ["CX700"] }, ["two"]],
  ["by trigger", { trigger: ["manual"] }, ["three"]],
  ["by outcome", { outcome: ["offered", "invalid"] }, ["three", "one"]],
  ["by verdict", { verdict: ["other_hardware"] }, ["two"]],
  ["by side", { side: ["external"] }, ["three"]],
  ["by dialect", { dialect: ["lync"] }, ["three"]],
  ["by days, including the last one", { from: "2026-11-21", to: "2026-11-21" }, ["two"]],
  ["by times", { from: "2026-11-21T12:00:00Z" }, ["three", "two"]],
  ["by model, without regard to case", { model: ["cx700"] }, ["two"]],
  ["nothing by a text that the database cannot store", { q: "o\0" }, []],
  ["nothing by a separator of MAC addresses", { q: "-" }, []],
  ["nothing by a wildcard", { q: "%" }, []],
])("finds %s", async (_what, search, serialNumbers) => {
  const recorder = startRecorder();
  recordCheck(
    aRecord({
      at: new Date("2026-11-20T12:00:00Z"),
      serialNumber: "one",
      macAddress: "0004F2000176",
      outcome: "offered",
    }),
  );
  recordCheck(
    aRecord({
      at: new Date("2026-11-21T12:00:00Z"),
      serialNumber: "two",
      hardware: { ...CX600, model: "CX700" },
      judgements: [
        {
          ruleId: "r",
          updateType: "CPE",
          verdict: "other_hardware",
          channel: null,
          version: null,
        },
      ],
    }),
  );
  recordCheck(
    aRecord({
      at: new Date("2026-11-22T12:00:00Z"),
      serialNumber: "three",
      trigger: "manual",
      side: "external",
      dialect: "lync",
      outcome: "invalid",
    }),
  );
  await recorder.flush();

  const found = await listChecks(aContext(), { ...EVERY_CHECK, ...search });

  expect(found.checks.map(({ serialNumber }) => serialNumber)).toEqual(serialNumbers);
  expect(found.total).toBe(serialNumbers.length);
});

test("an export contains all checks of all batches, and no formula", async () => {
  const recorder = startRecorder();
  for (let index = 0; index < 1_201; index += 1) {
    const at = new Date(Date.UTC(2026, 10, 22, 8, 0, 0, Math.floor(index / 7)));
    recordCheck(aRecord({ at, hardware: { ...CX600, model: `=${index}` } }));
  }
  await recorder.flush();

  const csv = await new Response(exportChecks(aContext(), EVERY_CHECK, "csv")).text();
  const json: unknown = await new Response(exportChecks(aContext(), EVERY_CHECK, "json")).json();

  const models = readCsvRecords(csv)
    .slice(1)
    .map((cells) => cells[8]);
  expect(new Set(models).size).toBe(1_201);
  expect(csv).not.toMatch(/(?:^|,)"?[=+@-]/m);
  expect(json).toHaveLength(1_201);
});

test("deletes the oldest days if the files exceed the quota, and keeps today", async () => {
  await mkdir(auditDirectory(), { recursive: true });
  const days = ["2026-11-26", "2026-11-27", "2026-11-28"];
  for (const day of days) {
    const name = `RequestHandlerAuditLog_updates01_${day}.log`;
    await writeFile(join(auditDirectory(), name), "x".repeat(100));
  }
  const now = new Date("2026-11-28T12:00:00Z");

  expect(await deleteSurplusAuditFiles(now, 300)).toBe(0);
  expect(await deleteSurplusAuditFiles(now, 250)).toBe(1);
  expect(await deleteSurplusAuditFiles(now, 10)).toBe(1);

  expect(await readdir(auditDirectory())).toEqual([
    "RequestHandlerAuditLog_updates01_2026-11-28.log",
  ]);
});
