import { beforeEach, expect, test } from "vitest";
import type { RecordOptions } from "#phones/check-log/testing/records";
import { aRecord, storeChecks } from "#phones/check-log/testing/records";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { testEnvironment } from "#foundation/platform/testing/environment";

testEnvironment({});

beforeEach(async () => {
  await emptyTables();
});

const MAC = "0004F2000176";
const START_MS = Date.UTC(2026, 10, 22, 8);

function running(version: string): NonNullable<RecordOptions["requested"]> {
  return [{ updateType: "CPE", fileName: "CPE.nbt", version, timestamp: null }];
}

function offering(version: string): RecordOptions {
  return {
    outcome: "offered",
    offered: [{ updateType: "CPE", version, channel: "approved" }],
    judgements: [
      { ruleId: "r", updateType: "CPE", verdict: "offered", channel: "approved", version },
    ],
  };
}

const UP_TO_DATE: RecordOptions = {
  outcome: "already_installed",
  judgements: [
    {
      ruleId: "r",
      updateType: "CPE",
      verdict: "already_installed",
      channel: "approved",
      version: "5",
    },
  ],
};

/** What a phone says in turn. */
const HISTORY: readonly RecordOptions[] = [
  { requested: running("4"), serialNumber: "A" },
  { requested: running("4"), serialNumber: "A", trigger: "timer" },
  { requested: running("4"), serialNumber: "A", address: "10.0.0.8", userName: "CONTOSO\\adamb" },
  { requested: running("4"), serialNumber: "A", ...offering("5"), trigger: "timer" },
  { requested: running("4"), serialNumber: "A", ...offering("5"), trigger: "timer" },
  { requested: running("4"), serialNumber: null, ...offering("5"), trigger: "boot" },
  { requested: running("5"), serialNumber: "A", ...UP_TO_DATE, trigger: "boot" },
  { requested: running("5"), serialNumber: "A", ...UP_TO_DATE, side: "external" },
  { requested: running("5"), serialNumber: "B", ...UP_TO_DATE },
  // Older than the row.
  { requested: running("3"), serialNumber: "B", at: new Date(START_MS - 60_000) },
  { requested: running("4"), serialNumber: "B", ...offering("5") },
];

/** The row of the phone after its history, of which each batch also has these checks. */
async function rowAfter(beside: readonly RecordOptions[]): Promise<unknown> {
  await emptyTables();
  for (const [index, said] of HISTORY.entries()) {
    const at = new Date(START_MS + index * 60_000);
    const others = beside.map((other) => aRecord({ at, ...other }));
    await storeChecks([aRecord({ at, macAddress: MAC, ...said }), ...others]);
  }
  const row = await db.device.findFirstOrThrow({
    where: { macAddress: MAC },
    omit: { id: true, kindId: true },
    include: { listed: { select: { lastSeenAt: true } } },
  });
  expect(await db.storedCheck.count()).toBe(HISTORY.length * (1 + beside.length));
  return row;
}

test("a batch of known phones with one check each has the same result as any other batch", async () => {
  const alone = await rowAfter([]);

  expect(alone).toMatchObject({ serialNumber: "B", userName: "CONTOSO\\adamb", version: "4" });
  expect(await rowAfter([{ serialNumber: "without a MAC address" }])).toEqual(alone);
});
