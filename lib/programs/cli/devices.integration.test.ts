import { beforeEach, expect, test } from "vitest";
import { parseOutput, runCli } from "#programs/cli/testing/run-cli";
import { aRecord, storeChecks } from "#phones/check-log/testing/records";
import { emptyTables } from "#foundation/platform/testing/database";

beforeEach(async () => {
  await emptyTables();
});

test("get-device shows the update progress of each phone, and filters by it", async () => {
  const offered = [{ updateType: "CPE", version: "4.0.0.1", channel: "approved" }] as const;
  const longAgo = new Date(Date.now() - 3 * 24 * 60 * 60 * 1000);
  await storeChecks([
    aRecord({ serialNumber: "silent", at: longAgo, offered }),
    aRecord({ serialNumber: "offered", at: new Date(), offered }),
    aRecord({ serialNumber: "idle", at: new Date() }),
  ]);

  const all = await runCli(["get-device", "--json"]);
  const lost = await runCli(["get-device", "--progress", "never_came_back", "--json"]);

  expect(parseOutput(all)).toHaveLength(3);
  expect(parseOutput(all)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ serialNumber: "offered", progress: "offered" }),
      expect.objectContaining({ serialNumber: "idle", progress: null, updateVersion: null }),
    ]),
  );
  expect(parseOutput(lost)).toEqual([
    expect.objectContaining({
      serialNumber: "silent",
      progress: "never_came_back",
      updateType: "CPE",
      updateVersion: "4.0.0.1",
      offeredAt: longAgo.toISOString(),
      downloadedAt: null,
    }),
  ]);
});

test("get-device refuses an unknown progress", async () => {
  const { code, stdout } = await runCli(["get-device", "--progress", "lost"]);

  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

test("retire-device takes a phone out of get-device, and restore-device lists it again", async () => {
  await storeChecks([aRecord({ serialNumber: "A1B2" }), aRecord({ serialNumber: "OTHER" })]);

  const previewed = await runCli(["retire-device", "a1b2", "--what-if"]);
  const retired = await runCli(["retire-device", "a1b2", "--reason", "replaced"]);

  expect(previewed.stdout).toContain("1 would be retired.");
  expect(retired.stdout).toContain("1 retired.");
  expect(parseOutput(await runCli(["get-device", "--json"]))).toMatchObject([
    { serialNumber: "OTHER" },
  ]);
  expect(parseOutput(await runCli(["get-retired-device", "--json"]))).toMatchObject([
    { serialNumber: "A1B2", reason: "replaced" },
  ]);
  await runCli(["restore-device", "A1B2"]);
  expect(parseOutput(await runCli(["get-device", "--json"]))).toHaveLength(2);
  expect(await runCli(["retire-device", "C3"])).toMatchObject({ code: 3 });
});

test("retire-matching-device retires the phones that get-device shows, and needs a condition", async () => {
  await storeChecks([
    aRecord({ serialNumber: "A1", address: "10.4.0.1" }),
    aRecord({ serialNumber: "B1", address: "10.5.0.1" }),
  ]);

  const previewed = await runCli(["retire-matching-device", "10.4.", "--what-if"]);
  const elsewhere = await runCli(["retire-matching-device", "10.4.", "--site", "Berlin"]);
  const retired = await runCli(["retire-matching-device", "10.4."]);

  expect(previewed.stdout).toMatch(/^1 phones, .* would be retired/);
  expect(elsewhere).toMatchObject({
    code: 2,
    stderr: "ucupdates: There is no site named Berlin.\n",
  });
  expect(retired).toMatchObject({ code: 0, stdout: "1 retired.\n" });
  expect(parseOutput(await runCli(["get-device", "--json"]))).toMatchObject([
    { serialNumber: "B1" },
  ]);
  expect(await runCli(["retire-matching-device"])).toMatchObject({ code: 2 });
});

test("merge-device merges the two rows of a phone whose MAC address changed", async () => {
  const first = { macAddress: "0004F2000001", serialNumber: "A1", at: new Date("2026-11-20") };
  const second = { macAddress: "0004F2000002", serialNumber: "A1", at: new Date("2026-11-21") };
  await storeChecks([aRecord(first), aRecord(second)]);

  const previewed = await runCli(["merge-device", "A1", "--what-if"]);
  const merged = await runCli(["merge-device", "00-04-F2-00-00-01", "00-04-F2-00-00-02"]);

  expect(previewed.stdout).toContain("stays:  CX600 00-04-F2-00-00-02");
  expect(previewed.stdout).toContain("goes over: 1 sender of checks, 0 logs, 0 test devices");
  expect(merged).toMatchObject({ code: 0 });
  expect(parseOutput(await runCli(["get-device", "--json"]))).toMatchObject([
    { macAddress: "00-04-F2-00-00-02" },
  ]);
  expect(await runCli(["merge-device", "A1"])).toMatchObject({ code: 2 });
});
