/**
 * Every phone of a large organisation checks within 40 seconds, as after a power cut, with one server process. Then
 * more checks than it can answer, and then checks without its database. Run: npm run bench -- avalanche
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

/** Shortens a trial run; only the results of the full run count. */
const SHARE = Number(process.env.BENCH_SHARE ?? 1);
const AVALANCHE = { phones: 100_000 * SHARE, seconds: 40 * SHARE };
const OVERLOAD = { phones: 60_000 * SHARE, seconds: 3 * SHARE };
const OUTAGE = { phones: 20_000 * SHARE, seconds: 10 * SHARE };
/** Compiles the code, as in a service that has run for a while. */
const WARM_UP = { phones: 10_000, seconds: 5 };

const service = await startService();
try {
  await send({ ...WARM_UP, isKeepAlive: true });
  await send({ ...WARM_UP, isKeepAlive: false });
  console.log(`memory after the warm-up: ${await service.server.peakMegabytes()} MB`);
  await avalanche("a connection for each phone", false);
  await avalanche("connections kept and shared", true);
  await overload();
  await outage();
  console.log(`memory: ${await service.server.peakMegabytes()} MB at most (target: below 400)`);
} finally {
  await service.close();
}

/** An administrator approves an update during the run. */
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
      `${lagging} checks not yet stored at the end, none ${seconds.toFixed(1)} s later`,
  );
}

async function approveHalfWay({ seeded }: Service, seconds: number): Promise<void> {
  await delay(seconds * 500);
  await seeded.approve().catch(() => undefined);
}

async function overload(): Promise<void> {
  const arrivals = await send({ ...OVERLOAD, isKeepAlive: true });
  print("Overload, six or more times the rate", arrivals);
  const { 200: served = 0, 503: sentAway = 0 } = arrivals.statuses;
  const isDeliberate = served + sentAway === arrivals.sent && arrivals.withoutRetryAfter === 0;
  console.log(`  only answers and 503 with Retry-After: ${isDeliberate ? "yes" : "no"}`);
}

/** PostgreSQL stops before the phones arrive and restarts after the last of them. */
async function outage(): Promise<void> {
  const before = await recorded();
  await service.database.stop();
  const arrivals = await send({ ...OUTAGE, isKeepAlive: false });
  await service.database.start();
  print("PostgreSQL stopped", arrivals);
  const kept = (await recorded()) - before;
  console.log(`  stored after the restart: ${kept} of ${arrivals.statuses["200"] ?? 0} answered`);
}

/** How many checks are stored once the recorder has written all of them. */
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
      `  waited, ms: ${latencies.join(", ")} (generator behind by ${generatorLateMs.toFixed(0)} ms at most)`,
  );
}
