import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import type { CheckRecord } from "#phones/check-log/check-row";
import { aRecord, storeChecks } from "#phones/check-log/testing/records";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";

const MAC = "0004F2000176";
const START_MS = Date.UTC(2026, 10, 22, 8);

beforeEach(async () => {
  await emptyTables();
});

/** A check and its answer; with few versions and serial numbers, so that checks repeat often. */
const said = fc.record({
  serialNumber: fc.constantFrom(null, "A", "a", "B", "C"),
  trigger: fc.constantFrom(null, "boot" as const),
  running: fc.constantFrom("4.0.0.0", "5.0.0.0", "6.0.0.0"),
  offered: fc.constantFrom(null, "5.0.0.0", "6.0.0.0"),
});
type Said = typeof said extends fc.Arbitrary<infer Value> ? Value : never;

function toRecord({ serialNumber, trigger, running, offered }: Said, minutes: number): CheckRecord {
  return aRecord({
    at: new Date(START_MS + minutes * 60_000),
    macAddress: MAC,
    serialNumber,
    trigger,
    requested: [{ updateType: "CPE", fileName: "CPE.nbt", version: running, timestamp: null }],
    offered: offered === null ? [] : [{ updateType: "CPE", version: offered, channel: "approved" }],
  });
}

/** The row of the phone in the inventory after these batches. */
async function afterBatches(batches: readonly (readonly CheckRecord[])[]): Promise<unknown> {
  await emptyTables();
  for (const batch of batches) {
    await storeChecks(batch);
  }
  const device = await db.device.findUniqueOrThrow({
    where: { deviceKey: `mac:${MAC.toLowerCase()}` },
    select: { progress: true, serialNumber: true, serialChanges: true },
  });
  return device;
}

test("checks of one phone have the same result in one batch and in separate batches", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(said, { minLength: 1, maxLength: 12 }), async (checks) => {
      const records = checks.map(toRecord);
      const half = Math.floor(records.length / 2);
      const oneByOne = await afterBatches(records.map((record) => [record]));

      expect(await afterBatches([records])).toEqual(oneByOne);
      expect(await afterBatches([records.slice(0, half), records.slice(half)])).toEqual(oneByOne);
    }),
    { numRuns: 25 },
  );
});
