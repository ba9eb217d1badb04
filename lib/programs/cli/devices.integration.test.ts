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
