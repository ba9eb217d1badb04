/**
 * How many checks per second one process answers, compared with bare `node:http` for the same requests at the same
 * time. Run: npm run bench -- checks
 */
import process from "node:process";
import { TESTED_DIALECTS } from "#phones/device-api/testing/tested-dialects";
import { requireProgram } from "#foundation/platform/testing/debian-packages";
import type { Child } from "./support/child.ts";
import { startChild } from "./support/child.ts";
import { median } from "./support/percentiles.ts";
import { untilRecorded } from "./support/recorded.ts";
import { reportRatio } from "./support/report-ratio.ts";
import { APPROVED, OLD, TEST_PHONE } from "./support/seed.ts";
import { startService } from "./support/service.ts";
import type { WrkResult, WrkRun } from "./support/wrk.ts";
import { runWrk } from "./support/wrk.ts";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const SECONDS = 3;
const CONNECTIONS = 64;
const PHONES = 1_000;
const TARGET = 0.55;
/**
 * The rate shares two processors with PostgreSQL and the generator. Processor time differs less: two runs of the same
 * program, one on an idle machine and one beside other work, differed by up to 31 %.
 */
const NOISE = { rate: 0.5, cost: 0.4 };

const SITUATIONS = {
  "nothing due": {
    version: APPROVED,
    mac: (index: number) => index.toString(16).padStart(12, "0"),
  },
  "update due": { version: OLD, mac: (index: number) => index.toString(16).padStart(12, "0") },
  "test device": { version: OLD, mac: () => TEST_PHONE },
} as const;

await requireProgram("/usr/bin/wrk", ["wrk"]);
const service = await startService();
const bare = await startChild(["bench/support/bare-server.ts"]);
try {
  const cases = TESTED_DIALECTS.flatMap((surface) =>
    Object.entries(SITUATIONS).map(([name, { version, mac }]) => ({
      title: `${surface.dialect}, ${name}`,
      path: surface.paths.internal,
      contentType: surface.contentType,
      bodies: Array.from({ length: PHONES }, (_, index) =>
        surface.body({
          brand: "POLYCOM",
          model: "CX600",
          macAddress: mac(index),
          serialNumber: `S${index}`,
          version,
        }),
      ),
    })),
  );
  for (const { title, path, contentType, bodies } of cases) {
    const common = { seconds: SECONDS, connections: CONNECTIONS, bodies, contentType };
    const ours: number[] = [];
    const ratios: number[] = [];
    const costs: number[] = [];
    const costRatios: number[] = [];
    const lags: number[] = [];
    let refused = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const theirs = await measure(bare, "/", { ...common, settle: () => Promise.resolve(0) });
      // Pending writes must not slow down the peer.
      const settle = () => untilRecorded(service.server.port);
      const { result, costUs, lagSeconds } = await measure(service.server, path, {
        ...common,
        settle,
      });
      ours.push(result.requestsPerSecond);
      ratios.push(result.requestsPerSecond / theirs.result.requestsPerSecond);
      costs.push(costUs);
      costRatios.push(costUs / theirs.costUs);
      refused += result.refused;
      lags.push(lagSeconds);
    }
    const ratio = median(ratios);
    const cost = median(costRatios);
    reportRatio(`checks: ${title}: rate`, { value: ratio, better: "higher", noise: NOISE.rate });
    reportRatio(`checks: ${title}: cost`, { value: cost, better: "lower", noise: NOISE.cost });
    console.log(
      `${title}: ${Math.round(median(ours))}/s, ${ratio.toFixed(2)} of bare node:http ` +
        `(${ratios.map((each) => each.toFixed(2)).join(", ")}), ${refused} refused, ` +
        `${median(costs).toFixed(0)} µs of processor each, ${cost.toFixed(2)} times bare, ` +
        `stored ${median(lags).toFixed(1)} s after the last answer; ` +
        `target ${TARGET}: ${ratio >= TARGET ? "met" : "missed"}`,
    );
  }
  console.log(`memory: ${await service.server.peakMegabytes()} MB at most`);
} finally {
  await bare.stop();
  await service.close();
}

/** Processor time until all checks are handed to PostgreSQL. Unlike the rate, it hardly depends on other programs. */
async function measure(
  server: Child,
  path: string,
  { settle, ...run }: Omit<WrkRun, "url"> & { readonly settle: () => Promise<number> },
): Promise<{ readonly result: WrkResult; readonly costUs: number; readonly lagSeconds: number }> {
  const beforeMs = await server.checkingMs();
  const result = await runWrk({ ...run, url: `http://127.0.0.1:${server.port}${path}` });
  const lagSeconds = await settle();
  const costMs = (await server.checkingMs()) - beforeMs;
  const costUs = (costMs * 1_000) / (result.requestsPerSecond * run.seconds);
  return { result, costUs, lagSeconds };
}
