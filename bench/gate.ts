// `npm run bench -- --check` and `-- --record`: compares the ratios of a run with bench/ratios.json, or replaces that
// file. Arguments: the word, and the file with the ratios of the run. Exit code 1: a ratio is worse than noise explains.
import { existsSync, writeFileSync } from "node:fs";
import process from "node:process";
import { compareRatios, passes } from "./support/compare-ratios.ts";
import { readRatios } from "./support/report-ratio.ts";

const RECORDED_FILE = "bench/ratios.json";

const [task, file = ""] = process.argv.slice(2);
const measured = readRatios(file);
if (task === "record") {
  writeFileSync(RECORDED_FILE, `${JSON.stringify(measured, null, 2)}\n`);
  console.log(`recorded ${Object.keys(measured).length} ratios in ${RECORDED_FILE}`);
} else if (!existsSync(RECORDED_FILE)) {
  console.error(
    "No ratios are recorded: run `npm run bench -- --record` on an idle machine first.",
  );
  process.exitCode = 1;
} else {
  const comparisons = compareRatios(readRatios(RECORDED_FILE), measured);
  for (const { name, recorded, measured: now, verdict } of comparisons) {
    console.log(`${name}: ${now ?? "-"}, recorded ${recorded ?? "-"}: ${verdict}`);
  }
  process.exitCode = passes(comparisons) ? 0 : 1;
}
