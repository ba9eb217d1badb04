/**
 * How long the lists take on the server over a large fleet, with the processor time of PostgreSQL. Sizes:
 * `BENCH_PHONES` (100,000) and `BENCH_CHECKS` (1,000,000). `BENCH_DIRECTORY` keeps the filled fleet for the next run,
 * `BENCH_ONLY` measures what has this text in its title. Run: npm run bench -- lists
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { aContext } from "#foundation/core/testing/contexts";
import { EVERY_DEVICE } from "#fleet/devices/search-params";
import { listDeviceFacets } from "#fleet/devices/server/list-device-facets";
import { listDevices } from "#phones/inventory/server/list-devices";
import type { DeviceSearch } from "#fleet/devices/search-params";
import { prepareDataDirectory } from "#foundation/platform/data-directory";
import { db } from "#foundation/platform/db/client";
import { setDatabaseUrl } from "#foundation/platform/db/database-url";
import { countAffectedDevices } from "#phones/inventory/server/count-affected-devices";
import { listChecks } from "#phones/check-log/server/list-checks";
import type { CheckSearch } from "#phones/check-log/search-params";
import { EVERY_CHECK } from "#phones/check-log/search-params";
import { CX600 } from "#firmware/rules/testing/rules";
import { startDatabase } from "./support/database.ts";
import { seedFleet } from "./support/fleet.ts";
import { percentiles } from "./support/percentiles.ts";
import { APPROVED, PENDING, seed } from "./support/seed.ts";

const PHONES = Number(process.env.BENCH_PHONES ?? 100_000);
const CHECKS = Number(process.env.BENCH_CHECKS ?? 1_000_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 20);
const IS_LARGE = PHONES > 100_000;
const PAGE_TARGET_MS = IS_LARGE ? 500 : 40;
const SEARCH_TARGET_MS = IS_LARGE ? 500 : 100;

type Query = {
  readonly title: string;
  readonly targetMs: number;
  readonly run: () => Promise<{ readonly total: number } | { readonly size: number }>;
};

function devices(title: string, search: Partial<DeviceSearch>, targetMs = SEARCH_TARGET_MS): Query {
  const run = () => listDevices(aContext(), { ...EVERY_DEVICE, ...search });
  return { title: `devices, ${title}`, targetMs, run };
}

function checks(title: string, search: Partial<CheckSearch>, targetMs = SEARCH_TARGET_MS): Query {
  const run = () => listChecks(aContext(), { ...EVERY_CHECK, ...search });
  return { title: `checks, ${title}`, targetMs, run };
}

const change = {
  ruleId: "rule",
  poolFqdn: "pool01.contoso.com",
  hardware: CX600,
  updateType: "CPE",
  before: { approvedVersion: APPROVED, pendingVersion: PENDING },
  after: { approvedVersion: PENDING, pendingVersion: null },
};

const QUERIES: readonly Query[] = [
  devices("first page", {}, PAGE_TARGET_MS),
  devices("thousandth page", { page: 1000 }, PAGE_TARGET_MS),
  devices("by model", { sort: "model", order: "asc" }, PAGE_TARGET_MS),
  devices("by version", { sort: "version" }, PAGE_TARGET_MS),
  devices("by MAC address", { sort: "macAddress", order: "asc" }, PAGE_TARGET_MS),
  devices("by address", { sort: "address", order: "desc" }, PAGE_TARGET_MS),
  devices("by model, page 1000", { sort: "model", page: 1000 }, PAGE_TARGET_MS),
  devices("state due", { state: ["update_due"] }),
  devices("state up to date", { state: ["up_to_date"] }),
  devices("state unknown", { state: ["unknown"] }),
  devices("one model", { model: ["cx1002"] }),
  devices("the most frequent model", { model: ["CX600"] }),
  devices("one pool", { pool: ["pool01.contoso.com"] }),
  devices("progress running", { progress: ["running"] }),
  devices("progress fell back", { progress: ["fell_back"] }),
  devices("part of a MAC address", { q: "00:04:f2:00:1a" }),
  devices("part of a serial number", { q: "S000123" }),
  devices("part of a user", { q: "user777" }),
  devices("two characters", { q: "77" }),
  devices("part of a version", { q: "7577.4100" }),
  devices("no match", { q: "nowhere" }),
  {
    title: "facets of devices",
    targetMs: PAGE_TARGET_MS,
    run: async () => ({ total: (await listDeviceFacets(aContext())).models.length }),
  },
  {
    title: "impact of an approval",
    targetMs: SEARCH_TARGET_MS,
    run: () => countAffectedDevices(aContext(), [change]),
  },
  checks("first page", {}, PAGE_TARGET_MS),
  checks("one outcome", { outcome: ["offered"] }),
  checks("one model", { model: ["CX1002"] }),
  checks("one pool", { pool: ["pool01.contoso.com"] }),
  checks("an outcome that none has", { outcome: ["suspended"] }),
  checks("a side that none has", { side: ["external"] }),
  checks("a model that none has", { model: ["CX9"] }),
  checks("a MAC address", { q: "00:04:f2:00:1a:2b" }),
  checks("part of a serial number", { q: "S00012345" }),
  checks("part of a user", { q: "user77777" }),
  checks("part of most users", { q: "contoso" }),
  checks("two characters", { q: "77" }),
  checks("no match", { q: "nowhere" }),
];

const KEPT = process.env.BENCH_DIRECTORY;
const ONLY = process.env.BENCH_ONLY ?? "";

const directory = KEPT ?? (await mkdtemp(join(tmpdir(), "ucupdates-bench-")));
process.env.DATA_DIRECTORY = directory;
await prepareDataDirectory(directory);
const database = await startDatabase(join(directory, "database"));
setDatabaseUrl(database.url);
try {
  if ((await db.device.count()) === 0) {
    await seed(database.url, 1024);
    const bytes = await seedFleet(database.url, { phones: PHONES, checks: CHECKS });
    console.log(
      `a check takes ${bytes.toFixed(0)} bytes; target 200: ${bytes <= 200 ? "met" : "missed"}`,
    );
    await database.vacuum();
  }
  for (const query of QUERIES.filter(({ title }) => title.includes(ONLY))) {
    await measure(query);
  }
} finally {
  await db.$disconnect();
  await database.close();
  if (KEPT === undefined) {
    await rm(directory, { recursive: true, force: true });
  }
}

async function measure({ title, targetMs, run }: Query): Promise<void> {
  const first = await run().catch((error: unknown) => error);
  if (typeof first !== "object" || first === null || first instanceof Error) {
    console.log(`${title}: failed, target ${targetMs}: missed`, first);
    return;
  }
  const tookMs: number[] = [];
  const before = database.processorMs();
  for (let round = 0; round < ROUNDS; round += 1) {
    const begin = performance.now();
    await run();
    tookMs.push(performance.now() - begin);
  }
  const processorMs = (database.processorMs() - before) / ROUNDS;
  const { p50, p90 } = percentiles(tookMs);
  const found: unknown = Reflect.get(first, "total") ?? Reflect.get(first, "size");
  console.log(
    `${title}: p50 ${p50.toFixed(0)} ms, p90 ${p90.toFixed(0)} ms, PostgreSQL ${processorMs.toFixed(1)} ms; ` +
      `${String(found)} found; target ${targetMs}: ${p90 <= targetMs ? "met" : "missed"}`,
  );
}
