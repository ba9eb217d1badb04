/**
 * How long phones wait while administrators reload the heaviest list, over 100,000 phones and a million checks. Run:
 * npm run bench -- administrators
 */
import process from "node:process";
import { CHECK_PATHS } from "#formats/protocol/json";
import type { Arrivals } from "./support/arrivals.ts";
import { outcomesOf, sendPhones } from "./support/arrivals.ts";
import { seedFleet } from "./support/fleet.ts";
import { percentiles } from "./support/percentiles.ts";
import { signIn } from "../scripts/testing/panel-session.ts";
import { APPROVED } from "./support/seed.ts";
import { ADMIN_PASSWORD, startService } from "./support/service.ts";

const PHONES = Number(process.env.BENCH_PHONES ?? 100_000);
const CHECKS = Number(process.env.BENCH_CHECKS ?? 1_000_000);
const RATE_PER_SECOND = 500;
const SECONDS = 15;
const LIST = "/devices";
const TARGET_P99_MS = 25;

const service = await startService();
try {
  await seedFleet(service.database.url, { phones: PHONES, checks: CHECKS });
  const { port } = service.server;
  const cookie = await signIn(`http://127.0.0.1:${port}`, { password: ADMIN_PASSWORD });
  await measure(0, cookie);
  for (const administrators of [0, 1, 4]) {
    const { arrivals, pagesMs, bytes } = await measure(administrators, cookie);
    const { p50, p99 } = arrivals.latenciesMs;
    const pages = percentiles(pagesMs);
    console.log(
      `${administrators} administrators: ${outcomesOf(arrivals)}; a check waits p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms ` +
        `(target: ${TARGET_P99_MS}); ${pagesMs.length} pages of ${Math.round(bytes / 1000)} kB, p50 ${pages.p50.toFixed(0)} ms, p90 ${pages.p90.toFixed(0)} ms`,
    );
  }
} finally {
  await service.close();
}

type Measured = {
  readonly arrivals: Arrivals;
  readonly pagesMs: readonly number[];
  /** The size of the last page, without compression. */
  readonly bytes: number;
};

async function measure(administrators: number, cookie: string): Promise<Measured> {
  const stopping = new AbortController();
  const pagesMs: number[] = [];
  let bytes = 0;
  const reload = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const begin = performance.now();
      bytes = await pageBytes(cookie);
      pagesMs.push(performance.now() - begin);
    }
  };
  const reloading = Promise.all(Array.from({ length: administrators }, reload));
  const arrivals = await sendPhones({
    port: service.server.port,
    path: CHECK_PATHS.internal,
    version: APPROVED,
    phones: RATE_PER_SECOND * SECONDS,
    seconds: SECONDS,
    isKeepAlive: true,
  });
  stopping.abort();
  await reloading;
  return { arrivals, pagesMs, bytes };
}

async function pageBytes(cookie: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${service.server.port}${LIST}`, {
    headers: { cookie },
    redirect: "error",
  });
  const page = await response.arrayBuffer();
  if (!response.ok) {
    throw new Error(`${LIST} answered ${response.status}`);
  }
  return page.byteLength;
}
