import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { aRawCapture } from "#phones/captures/testing/captures";
import { toCaptureRecord } from "#phones/captures/to-record";
import { parseOutput, runCli } from "#programs/cli/testing/run-cli";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { DEFAULT_DIALECT } from "#phones/dialect/dialect";

let directory: string;

beforeEach(async () => {
  await emptyTables();
  directory = await mkdtemp(join(tmpdir(), "ucupdates-cli-"));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

async function aCapture(): Promise<string> {
  const record = toCaptureRecord(aRawCapture(), 1_000);
  const { id } = await db.capture.create({
    data: {
      ...record,
      headers: record.headers.map((header) => [...header]),
      body: Uint8Array.from(record.body),
    },
  });
  return id;
}

test("switches capturing on, keeps settings that are not named, and prints the result", async () => {
  expect((await runCli(["set-capture", "--mode", "failing"])).code).toBe(0);
  const shown = await runCli(["set-capture", "--max-count", "7", "--json"]);
  expect(parseOutput(shown)).toMatchObject([{ mode: "failing", maxCount: 7, keepDays: 14 }]);
  expect((await runCli(["set-capture", "--max-count", "0"])).code).toBe(2);
  expect(await db.auditEntry.count()).toBe(2);
});

test("lists captured requests, prints one as it was sent, and deletes it", async () => {
  const id = await aCapture();
  const listed = parseOutput(await runCli(["get-capture", "--json"]));
  expect(z.array(z.object({ id: z.string(), reason: z.string() })).parse(listed)).toEqual([
    { id, reason: "unknown_model" },
  ]);
  expect((await runCli(["get-capture", id])).stdout).toContain(
    "POST /RequestHandler/ucdevice.upx HTTP/1.1\r\nHost: pool01.contoso.com\r\n\r\n<r/>",
  );
  expect((await runCli(["remove-capture"])).code).toBe(2);
  expect((await runCli(["remove-capture", id, "--what-if"])).code).toBe(0);
  expect(await db.capture.count()).toBe(1);
  expect((await runCli(["remove-capture", "--all"])).code).toBe(0);
  expect((await runCli(["get-capture", id])).code).toBe(3);
});

test("prints the dialect, stores a corrected one, refuses an invalid one, and resets it", async () => {
  const file = join(directory, "dialect.json");
  expect(parseOutput(await runCli(["get-dialect"]))).toEqual(DEFAULT_DIALECT);

  await writeFile(file, JSON.stringify({ ...DEFAULT_DIALECT, updateTemplate: "<a>{oops}</a>" }));
  const refused = await runCli(["set-dialect", file]);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain("{oops}");
  expect(await db.setting.count()).toBe(0);

  const corrected = { ...DEFAULT_DIALECT, updateTemplate: "<a>{version}</a>" };
  await writeFile(file, JSON.stringify(corrected));
  expect((await runCli(["set-dialect", file, "--what-if"])).stdout).toContain("4.0.7577.4387");
  expect((await runCli(["set-dialect", file])).code).toBe(0);
  expect(parseOutput(await runCli(["get-dialect"]))).toEqual(corrected);
  expect(parseOutput(await runCli(["get-dialect", "--default"]))).toEqual(DEFAULT_DIALECT);

  expect((await runCli(["reset-dialect"])).code).toBe(0);
  expect(await db.setting.count()).toBe(0);
});

test("exits with distinct codes for a missing capture and for invalid options", async () => {
  const absent = "019ab1c2-3d4e-7f50-8a61-b2c3d4e5f607";
  expect(await runCli(["get-capture", "--json"])).toMatchObject({ code: 0, stdout: "[]\n" });
  expect((await runCli(["get-capture", absent])).code).toBe(3);
  expect((await runCli(["get-capture", "first"])).code).toBe(2);
  expect((await runCli(["get-capture", "--reason", "perhaps"])).code).toBe(2);
  expect((await runCli(["remove-capture", absent, "--all"])).code).toBe(2);
  expect((await runCli(["set-capture", "--mode", "sometimes"])).code).toBe(2);
  expect(await db.auditEntry.count()).toBe(0);
});

test("finds captured requests by their content and their reason", async () => {
  const id = await aCapture();
  for (const [args, count] of [
    [["--reason", "unknown_model"], 1],
    [["--reason", "unparseable"], 0],
    [["--search", "ucdevice"], 1],
    [["--search", "nothing like it"], 0],
  ] as const) {
    const shown = await runCli(["get-capture", ...args, "--json"]);
    expect(parseOutput(shown), args.join(" ")).toHaveLength(count);
  }
  expect((await runCli(["get-capture", "--csv"])).stdout).toContain(id);
});

test("refuses a dialect file that is missing, is not JSON or is misspelt", async () => {
  const file = join(directory, "dialect.json");
  const absent = await runCli(["set-dialect", file]);
  expect(absent.code).toBe(2);
  expect(absent.stderr).toContain("cannot be read");

  await writeFile(file, "<a/>");
  expect((await runCli(["set-dialect", file])).code).toBe(2);
  await writeFile(file, JSON.stringify({ ...DEFAULT_DIALECT, updateTemplat: "" }));
  const misspelt = await runCli(["set-dialect", file]);
  expect(misspelt.code).toBe(2);
  expect(misspelt.stderr).toContain("updateTemplat");

  expect(await runCli(["reset-dialect"])).toMatchObject({
    code: 0,
    stdout: "The default dialect is in use already.\n",
  });
  expect(await db.setting.count()).toBe(0);
});
