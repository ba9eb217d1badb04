/**
 * How long the panel's answers take on the server over the fleet and the 30 days of `npm run demo`, with the processor
 * time of PostgreSQL: a Markdown table. `BENCH_PHONES` (100,000) is the size, `BENCH_DIRECTORY` keeps the filled fleet for
 * the next run, `BENCH_ONLY` measures what has this text in its title. Run: npm run bench -- panel
 */
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { prepareDataDirectory } from "#foundation/platform/data-directory";
import { db } from "#foundation/platform/db/client";
import { embeddedPaths, readPostmaster } from "#foundation/platform/db/embedded-paths";
import { openDatabase } from "#foundation/platform/db/open";
import { env } from "#foundation/platform/env";
import { fillDemo } from "../scripts/demo/fill-demo.ts";
import { measureExports } from "./support/exports.ts";
import { measure, toTableRow } from "./support/measure.ts";
import { panelAnswers } from "./support/panel-answers.ts";
import { processorTimeMs } from "./support/processor-time.ts";

const PHONES = Number(process.env.BENCH_PHONES ?? 100_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 20);
const ONLY = process.env.BENCH_ONLY ?? "";
const KEPT = process.env.BENCH_DIRECTORY;

const directory = KEPT ?? (await mkdtemp(join(tmpdir(), "ucupdates-bench-")));
// Set before anything reads the settings, because they are read once.
process.env.DATA_DIRECTORY = directory;
await prepareDataDirectory(env().DATA_DIRECTORY);
const database = await openDatabase();
try {
  if ((await fillDemo(PHONES)) === "not_empty") {
    throw new Error(`${directory} has another fleet, or was not filled to the end`);
  }
  const { _max: last } = await db.device.aggregate({ _max: { lastSeenAt: true } });
  // The history ends there. Later, all phones would be silent.
  const now = last.lastSeenAt ?? new Date();
  describeMachine();
  const postmaster = readPostmaster(embeddedPaths(directory))?.pid ?? 0;
  const options = { rounds: ROUNDS, processorMs: () => processorTimeMs(postmaster) };
  console.log("\n| answer | p50, ms | p95, ms | PostgreSQL, ms |\n| --- | ---: | ---: | ---: |");
  for (const { title, run } of await panelAnswers(now)) {
    if (title.includes(ONLY)) {
      console.log(toTableRow(title, await measure(run, options)));
    }
  }
  if (ONLY === "") {
    await measureExports(now);
  }
} finally {
  await database.close();
  if (KEPT === undefined) {
    await rm(directory, { recursive: true, force: true });
  }
}

function describeMachine(): void {
  const [processor] = cpus();
  const load = loadavg().map((average) => average.toFixed(1));
  console.log(
    `${new Date().toISOString().slice(0, "YYYY-MM-DDTHH:MM".length)} UTC, ${cpus().length} × ${processor?.model ?? "?"}, ` +
      `Node.js ${process.version}, load average ${load.join(", ")}; ${PHONES} phones, ${ROUNDS} runs of each`,
  );
}
