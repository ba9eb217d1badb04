import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { parseOutput, runCli } from "#programs/cli/testing/run-cli";
import { CX600 } from "#firmware/rules/testing/rules";
import { aRecord, storeChecks } from "#phones/check-log/testing/records";
import { emptyTables } from "#foundation/platform/testing/database";
import { aPool } from "#firmware/rules/testing/rules";

const listed = z.array(z.looseObject({ serialNumber: z.string().nullable() }));

beforeEach(async () => {
  await emptyTables();
  const pool = await aPool();
  const hardware = { ...CX600, model: "CX500" };
  const records = [
    aRecord({ at: new Date("2026-11-22T08:00:00Z"), serialNumber: "A", userName: "=cmd|calc" }),
    aRecord({
      at: new Date("2026-11-22T09:00:00Z"),
      serialNumber: "B",
      macAddress: "0004F2000176",
      outcome: "offered",
      poolId: pool.id,
      offered: [{ updateType: "CPE", version: "4.0.7577.4387", channel: "approved" }],
    }),
    aRecord({
      at: new Date("2026-11-23T09:00:00Z"),
      serialNumber: "C",
      hardware,
      side: "external",
      dialect: "lync",
      trigger: null,
    }),
    aRecord({
      at: new Date("2026-11-23T10:00:00Z"),
      serialNumber: null,
      outcome: "unauthenticated",
      side: "external",
      dialect: "lync",
      trigger: "readiness",
    }),
  ];
  await storeChecks(records);
});

async function serials(...args: readonly string[]): Promise<readonly (string | null)[]> {
  const result = await runCli(["get-update-check", ...args, "--json"]);
  expect(result.code).toBe(0);
  return listed.parse(parseOutput(result)).map(({ serialNumber }) => serialNumber);
}

test("lists checks, latest first, with reported version, offer and user", async () => {
  const shown = parseOutput(await runCli(["get-update-check", "--json"]));
  expect(shown).toMatchObject([
    { serialNumber: null, outcome: "unauthenticated", trigger: "readiness" },
    { serialNumber: "C", model: "CX500", side: "external", dialect: "lync", trigger: null },
    {
      serialNumber: "B",
      macAddress: "00-04-F2-00-01-76",
      outcome: "offered",
      reported: ["4.0.0.0"],
      offered: ["4.0.7577.4387"],
      pool: "pool01.contoso.com",
      trigger: "boot",
    },
    { serialNumber: "A", outcome: "no_rule", user: "=cmd|calc" },
  ]);
  const csv = await runCli(["get-update-check", "--csv"]);
  expect(csv.stdout).not.toMatch(/(^|,)"?=/m);
});

test("finds checks by phone, outcome, side, dialect, model, pool and time", async () => {
  expect(await serials("00-04-F2-00-01-76")).toEqual(["B"]);
  expect(await serials("--outcome", "offered", "--outcome", "unauthenticated")).toEqual([
    null,
    "B",
  ]);
  expect(await serials("--side", "external", "--model", "CX500")).toEqual(["C"]);
  expect(await serials("--dialect", "json", "--pool", "pool01.contoso.com")).toEqual(["B"]);
  expect(await serials("--from", "2026-11-22T08:30:00Z", "--to", "2026-11-22")).toEqual(["B"]);
});

test("finds the checks of readiness runs and the refused logs, which the list marks too", async () => {
  await storeChecks([aRecord({ serialNumber: "D", outcome: "invalid", trigger: "log_upload" })]);

  expect(await serials("--trigger", "readiness")).toEqual([null]);
  expect(await serials("--trigger", "log_upload")).toEqual(["D"]);
});

test("--last limits the list to the latest checks", async () => {
  expect(await serials("--last", "2")).toEqual([null, "C"]);
  for (const wrong of ["0", "some", "1.5"]) {
    expect((await runCli(["get-update-check", "--last", wrong])).code).toBe(2);
  }
});

test("refuses an unknown outcome, side, verdict and dialect", async () => {
  for (const option of ["--outcome", "--side", "--verdict", "--dialect"]) {
    expect((await runCli(["get-update-check", option, "perhaps"])).code).toBe(2);
  }
});

test("prints each property on its own line, and an empty JSON list for no match", async () => {
  const { stdout } = await runCli(["get-update-check", "B", "--list"]);
  expect(stdout).toMatch(/^Outcome +: offered$/m);
  expect(await runCli(["get-update-check", "unknown", "--json"])).toMatchObject({
    code: 0,
    stdout: "[]\n",
  });
});
