// `npm run bench`: all measurements, or the given ones: `npm run bench -- checks download`. `--check` compares the
// ratios of the run with bench/ratios.json and fails if one is worse than noise explains; `--record` replaces that file.
// Both measure only what has ratios.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { runtime } from "./lib/install.mjs";
import { prepareCode, preparePanel, runtimeArguments } from "./lib/prepare.mjs";
import { runMain } from "./lib/project.mjs";
import { run } from "./lib/run.mjs";

const MEASUREMENTS = [
  "checks",
  "administrators",
  "recording",
  "lists",
  "panel",
  "avalanche",
  "download",
  "cabinet",
  "weight",
];

/** Measurements that report ratios (bench/support/report-ratio.ts). */
const WITH_RATIOS = ["checks"];
const GATES = { "--check": "check", "--record": "record" };

await runMain(async () => {
  const words = process.argv.slice(2);
  const gates = Object.entries(GATES).filter(([option]) => words.includes(option));
  const named = words.filter((word) => !Object.hasOwn(GATES, word));
  const unknown = named.filter((name) => !MEASUREMENTS.includes(name));
  if (unknown.length > 0 || gates.length > 1 || (gates.length > 0 && named.length > 0)) {
    console.error(
      `Name any of ${MEASUREMENTS.join(", ")}, or one of ${Object.keys(GATES).join(", ")}.`,
    );
    return 2;
  }
  await prepareCode({ withTools: true });
  await preparePanel();
  const [gate] = gates;
  return gate === undefined
    ? measure(named.length === 0 ? MEASUREMENTS : named)
    : measureWithGate(gate[1]);
});

/**
 * @param {readonly string[]} names
 * @param {NodeJS.ProcessEnv} [environment]
 */
async function measure(names, environment = {}) {
  for (const name of names) {
    console.log(`\n# ${name}`);
    const code = await run(runtime(), runtimeArguments(`bench/${name}.ts`), environment);
    if (code !== 0) {
      return code;
    }
  }
  return 0;
}

/** @param {string} gate */
async function measureWithGate(gate) {
  const folder = await mkdtemp(join(tmpdir(), "ucupdates-bench-"));
  try {
    const file = join(folder, "ratios.json");
    await writeFile(file, "{}");
    const code = await measure(WITH_RATIOS, { BENCH_RATIOS_FILE: file });
    return code === 0
      ? await run(runtime(), [...runtimeArguments("bench/gate.ts"), gate, file])
      : code;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
