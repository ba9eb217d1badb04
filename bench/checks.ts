/**
 * How many checks per second one process answers, compared with bare `node:http` for the same requests at the same
 * time. Run: npm run bench -- checks
 */
import process from "node:process";
import { TESTED_DIALECTS } from "#phones/device-api/testing/tested-dialects";
import { requireProgram } from "#foundation/platform/testing/debian-packages";
import { startChild } from "./support/child.ts";
import { median } from "./support/percentiles.ts";
import { untilRecorded } from "./support/recorded.ts";
import { APPROVED, OLD, TEST_PHONE } from "./support/seed.ts";
import { startService } from "./support/service.ts";
import { runWrk } from "./support/wrk.ts";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const SECONDS = 3;
const CONNECTIONS = 64;
const PHONES = 1_000;
const TARGET = 0.55;

const SITUATIONS = {
  "nothing due": {
    version: APPROVED,
    mac: (index: number) => index.toString(16).padStart(12, "0"),
  },
  "update due": { version: OLD, mac: (index: number) => index.toString(16).padStart(12, "0") },
  "test phone": { version: OLD, mac: () => TEST_PHONE },
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
    const lags: number[] = [];
    let refused = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const theirs = await runWrk({ ...common, url: `http://127.0.0.1:${bare.port}/` });
      const result = await runWrk({
        ...common,
        url: `http://127.0.0.1:${service.server.port}${path}`,
      });
      ours.push(result.requestsPerSecond);
      ratios.push(result.requestsPerSecond / theirs.requestsPerSecond);
      refused += result.refused;
      // Pending writes must not slow down the peer.
      lags.push(await untilRecorded(service.server.port));
    }
    const ratio = median(ratios);
    console.log(
      `${title}: ${Math.round(median(ours))}/s, ${ratio.toFixed(2)} of bare node:http ` +
        `(${ratios.map((each) => each.toFixed(2)).join(", ")}), ${refused} refused, ` +
        `stored ${median(lags).toFixed(1)} s after the last answer; ` +
        `target ${TARGET}: ${ratio >= TARGET ? "met" : "missed"}`,
    );
  }
  console.log(`memory: ${await service.server.peakMegabytes()} MB at most`);
} finally {
  await bare.stop();
  await service.close();
}
