/**
 * Every phone of a large organisation asks within 40 seconds, as after a power cut, and the service is one process.
 * Then more than it can take, and then without its database. Run: npm run bench -- avalanche
 */
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { CHECK_PATHS } from "#formats/protocol/json";
import type { Arrivals } from "./support/arrivals.ts";
import { outcomesOf, sendPhones } from "./support/arrivals.ts";
import { untilRecorded, waitingRecords } from "./support/recorded.ts";
import { OLD } from "./support/seed.ts";
import type { Service } from "./support/service.ts";
import { startService } from "./support/service.ts";

/** Lets a try-out be shorter; the figures that count are those of the whole. */
const SHARE = Number(process.env.BENCH_SHARE ?? 1);
const AVALANCHE = { phones: 100_000 * SHARE, seconds: 40 * SHARE };
const OVERLOAD = { phones: 60_000 * SHARE, seconds: 3 * SHARE };
const OUTAGE = { phones: 20_000 * SHARE, seconds: 10 * SHARE };
/** A service that has run for a while: its code is compiled. */
const WARM_UP = { phones: 10_000, seconds: 5 };

const service = await startService();
try {
  await send({ ...WARM_UP, isKeepAlive: true });
  await send({ ...WARM_UP, isKeepAlive: false });
  console.log(`memory once it is warm: ${await service.server.peakMegabytes()} MB`);
  await avalanche("a connection for each phone", false);
  await avalanche("connections kept and shared", true);
  await overload();
  await outage();
  console.log(`memory: ${await service.server.peakMegabytes()} MB at most (target: below 400)`);
} finally {
  await service.close();
}

/** Somebody approves an update while it goes on. */
async function avalanche(title: string, isKeepAlive: boolean): Promise<void> {
  const before = await service.database.statements();
  const approval = approveHalfWay(service, AVALANCHE.seconds);
  const arrivals = await send({ ...AVALANCHE, isKeepAlive });
  await approval;
  const statements = (await service.database.statements()) - before;
  print(`Avalanche, ${title}`, arrivals);
  const lagging = await waitingRecords(service.server.port);
  const seconds = await untilRecorded(service.server.port);
  console.log(
    `  database: ${(statements / arrivals.seconds).toFixed(1)} statements/s (target: 50 or fewer); ` +
      `${lagging} checks not yet written at the end, ${seconds.toFixed(1)} s later none`,
  );
}

async function approveHalfWay({ seeded }: Service, seconds: number): Promise<void> {
  await delay(seconds * 500);
  await seeded.approve().catch(() => undefined);
}

async function overload(): Promise<void> {
  const arrivals = await send({ ...OVERLOAD, isKeepAlive: true });
  print("Overload, six or more times as many", arrivals);
  const { 200: served = 0, 503: sentAway = 0 } = arrivals.statuses;
  const isDeliberate = served + sentAway === arrivals.sent && arrivals.withoutRetryAfter === 0;
  console.log(`  nothing but answers and 503 with Retry-After: ${isDeliberate ? "yes" : "no"}`);
}

/** PostgreSQL stops before the phones come, and is back after the last of them. */
async function outage(): Promise<void> {
  const before = await recorded();
  await service.database.stop();
  const arrivals = await send({ ...OUTAGE, isKeepAlive: false });
  await service.database.start();
  print("PostgreSQL stopped", arrivals);
  const kept = (await recorded()) - before;
  console.log(`  recorded once it was back: ${kept} of ${arrivals.statuses["200"] ?? 0} answered`);
}

/** How many checks are on record once everything is written down. */
async function recorded(): Promise<number> {
  await untilRecorded(service.server.port);
  return service.database.count("DeviceCheck");
}

function send(wishes: {
  readonly phones: number;
  readonly seconds: number;
  readonly isKeepAlive: boolean;
}): Promise<Arrivals> {
  const { port } = service.server;
  return sendPhones({ port, path: CHECK_PATHS.internal, version: OLD, ...wishes });
}

function print(title: string, arrivals: Arrivals): void {
  const { latenciesMs, sent, seconds, connections, generatorLateMs } = arrivals;
  const latencies = Object.entries(latenciesMs).map(([name, ms]) => `${name} ${ms.toFixed(1)}`);
  console.log(
    `${title}: ${sent} phones in ${seconds.toFixed(1)} s over ${connections} connections; ${outcomesOf(arrivals)}\n` +
      `  waited, ms: ${latencies.join(", ")} (generator late by ${generatorLateMs.toFixed(0)} ms at most)`,
  );
}
