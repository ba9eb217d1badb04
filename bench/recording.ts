/**
 * How long PostgreSQL takes to store batches of checks, compared with a bare `COPY` of the same lines into a table
 * without indexes. Run: npm run bench -- recording
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { CheckRecord, CheckedKind } from "#phones/check-log/check-row";
import { ensureCheckDays, insertChecks } from "#phones/check-log/server/record-store";
import type { StagedChecks } from "#phones/check-log/server/record-store";
import type { RecordOptions } from "#phones/check-log/testing/records";
import { aRecord, toStaged } from "#phones/check-log/testing/records";
import { CX600 } from "#firmware/rules/testing/rules";
import { bulkConnection } from "#foundation/platform/db/bulk";
import { db } from "#foundation/platform/db/client";
import { setDatabaseUrl } from "#foundation/platform/db/database-url";
import { startDatabase } from "./support/database.ts";
import { median } from "./support/percentiles.ts";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const CHECKS = 5_000;
const MAC = "0004F2FFFFFF";
const START_MS = Date.UTC(2026, 10, 22, 8);

const requested = [{ updateType: "CPE", fileName: "CPE.nbt", version: "4.0.0.0", timestamp: null }];
const offered = [{ updateType: "CPE", version: "5.0.0.0", channel: "approved" }] as const;

function mac(index: number): string {
  return (0x00_04_f2_00_00_00 + index).toString(16).toUpperCase().padStart(12, "0");
}

/** For each check of a batch: the phone that sent it, and its answer. */
const SITUATIONS: Readonly<Record<string, (index: number) => RecordOptions>> = {
  "every phone once, nothing due": (index) => ({
    macAddress: mac(index),
    serialNumber: `S${index}`,
  }),
  "every phone once, update due": (index) => ({
    macAddress: mac(index),
    serialNumber: `S${index}`,
    offered,
  }),
  "each phone five times, nothing due": (index) => ({
    macAddress: mac(index % 1_000),
    serialNumber: `S${index % 1_000}`,
  }),
  "each phone five times, update due": (index) => ({
    macAddress: mac(index % 1_000),
    serialNumber: `S${index % 1_000}`,
    offered,
  }),
  "one address that reports a thousand serial numbers": (index) => ({
    macAddress: MAC,
    serialNumber: `S${index % 1_000}`,
    offered,
  }),
  "phones that invent models": (index) => {
    invented += 1;
    const hardware = { ...CX600, model: `M${invented}` };
    return { macAddress: mac(100_000 + index), serialNumber: `V${index}`, hardware };
  },
  "phones without an address": (index) => ({ serialNumber: `T${index % 1_000}` }),
};

let invented = 0;
const sharedKinds = new Map<string, CheckedKind>();
const directory = await mkdtemp(join(tmpdir(), "ucupdates-bench-"));
process.env.DATA_DIRECTORY = directory;
for (const name of ["MAX_NEW_PHONES_PER_HOUR", "MAX_NEW_PHONES_PER_ADDRESS_PER_HOUR"]) {
  process.env[name] = "1000000";
}
const database = await startDatabase(join(directory, "database"));
setDatabaseUrl(database.url);
const connection = bulkConnection();
try {
  await ensureCheckDays(db, new Date(START_MS), new Date(START_MS));
  for (const [title, situation] of Object.entries(SITUATIONS)) {
    // In the first batch, the phones are new.
    await measure(batchOf(situation, 0));
    const ours: number[] = [];
    const ratios: number[] = [];
    const processorUs: number[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const { bareMs, ourMs, processorMs } = await measure(batchOf(situation, round));
      ours.push(ourMs);
      processorUs.push((processorMs * 1_000) / CHECKS);
      ratios.push(ourMs / bareMs);
    }
    const perSecond = Math.round((CHECKS * 1_000) / median(ours));
    console.log(
      `${title}: ${CHECKS} checks in ${Math.round(median(ours))} ms (${perSecond}/s), ` +
        `${median(ratios).toFixed(1)} times a bare COPY, ` +
        `${median(processorUs).toFixed(0)} µs of PostgreSQL's processor time for each check`,
    );
  }
} finally {
  await connection.close();
  await db.$disconnect();
  await database.close();
  await rm(directory, { recursive: true, force: true });
}

function batchOf(situation: (index: number) => RecordOptions, round: number): StagedChecks {
  const records = Array.from({ length: CHECKS }, (_, index) => {
    const at = new Date(START_MS + round * 60_000 + index);
    return withSharedKind(aRecord({ at, requested, ...situation(index) }));
  });
  return toStaged(records);
}

/** As in the service, where phones that report the same share one object. */
function withSharedKind(record: CheckRecord): CheckRecord {
  const content = JSON.stringify({ ...record.kind, number: 0, copyLine: "" });
  const kind = sharedKinds.get(content) ?? record.kind;
  sharedKinds.set(content, kind);
  return { ...record, kind };
}

type Measured = { readonly bareMs: number; readonly ourMs: number; readonly processorMs: number };

async function measure(batch: StagedChecks): Promise<Measured> {
  const bareMs = await took(() =>
    connection.inTransaction(async (tx) => {
      await tx.run(`CREATE TEMP TABLE IF NOT EXISTS "Bare" ("line" text) ON COMMIT DELETE ROWS`);
      await tx.copy(String.raw`COPY "Bare" FROM STDIN (DELIMITER E'\x01')`, batch.checks);
    }),
  );
  const before = database.processorMs();
  const ourMs = await took(() => connection.inTransaction((tx) => insertChecks(tx, batch)));
  return { bareMs, ourMs, processorMs: database.processorMs() - before };
}

async function took(work: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}
