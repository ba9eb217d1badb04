import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { parseOutput, runCli } from "#programs/cli/testing/run-cli";
import { aRecord, storeChecks } from "#phones/check-log/testing/records";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";

/** Every list that takes `--from` and `--to`. Each has one item at 08:00Z and one at 16:30Z on the same day. */
const COMMANDS = ["get-update-check", "get-device-update-log", "get-capture", "get-audit"] as const;
const TIMES = ["2026-11-22T08:00:00.000Z", "2026-11-22T16:30:00.000Z"] as const;

const listed = z.array(z.looseObject({ at: z.string() }));

beforeEach(async () => {
  await emptyTables();
  await storeChecks(
    TIMES.map((at, index) => aRecord({ at: new Date(at), serialNumber: `S${index}` })),
  );
  for (const [index, at] of TIMES.entries()) {
    await db.deviceLog.create({
      data: {
        at,
        deviceType: "UCPhone",
        brand: "POLYCOM",
        model: "CX600",
        side: "internal",
        address: "10.0.0.7",
        logType: "CELog",
        extension: ".clg",
        fileName: `file${index}`,
        givenName: "a.clg",
        sizeBytes: 1,
      },
    });
    await db.capture.create({
      data: {
        at,
        reason: "unknown_model",
        side: "internal",
        dialect: "lync",
        address: "10.0.0.7",
        method: "POST",
        target: "/",
        headers: [],
        body: new Uint8Array(),
        status: 200,
      },
    });
    await db.auditEntry.create({
      data: {
        at,
        actorKind: "person",
        actorName: "anna",
        action: "account.created",
        subjectKind: "account",
        subjectId: `id${index}`,
        subjectName: "x",
        facts: {},
        requestId: "request",
        previousHash: `p${index}`,
        hash: `h${index}`,
      },
    });
  }
});

describe.each(COMMANDS)("%s", (command) => {
  test("reads and prints times in UTC on a machine in another time zone", async () => {
    const options = ["--from", "2026-11-22T07:59", "--to", "2026-11-22T17:00+01:00"];
    const result = await runCli([command, ...options, "--json"], {
      env: { TZ: "America/Los_Angeles" },
    });
    expect(result.code).toBe(0);
    expect(listed.parse(parseOutput(result)).map(({ at }) => at)).toEqual([TIMES[0]]);
  });

  test("refuses an invalid time, and names the options and the accepted format", async () => {
    const options = ["--from", "yesterday", "--to", "24h"];
    const { code, stdout, stderr } = await runCli([command, ...options]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("--from: A day such as 2026-11-22");
    expect(stderr).toContain("--to: A day such as 2026-11-22");
    expect(stderr).toContain("ISO 8601");
  });
});

test("tables and lists print times in UTC", async () => {
  const { stdout } = await runCli(["get-audit", "--list"], { env: { TZ: "Asia/Kolkata" } });
  expect(stdout).toMatch(/^At +: 2026-11-22T08:00:00Z$/m);
});

test.each([
  ["get-audit", "--last", "1e1"],
  ["get-update-check", "--last", "0x10"],
  ["get-device-update-import", "--last", ""],
  ["set-capture", "--max-count", "1e2"],
  ["clear-device-update-log", "--days-back", "0x0a"],
  ["set-device-update-configuration", "--max-log-file-size", "2e6"],
  ["set-device-update-configuration", "--log-flush-interval", "00:30:99"],
])("%s refuses %s %j, which is no number", async (command, option, value) => {
  const { code, stderr } = await runCli([command, option, value]);
  expect(code).toBe(2);
  expect(stderr).toContain(option);
});

test.each(["get-device", "get-update-check", "get-device-update-log", "get-device-update-rule"])(
  "%s refuses a pool that does not exist, and lists nothing",
  async (command) => {
    const result = await runCli([command, "--pool", "pool99.contoso.com", "--json"]);
    expect(result).toMatchObject({ code: 2, stdout: "" });
    expect(result.stderr).toContain("There is no pool named pool99.contoso.com.");
  },
);

test("get-device finds a model without regard to case, and refuses an empty one", async () => {
  const found = await runCli(["get-device", "--model", "cx600", "--json"]);
  expect(parseOutput(found)).toHaveLength(2);
  expect((await runCli(["get-device", "--model", ""])).code).toBe(2);
});
