// `npm run bench`: all measurements, or the given ones: `npm run bench -- checks download`.
import process from "node:process";
import { runtime } from "./lib/install.mjs";
import { prepareCode, preparePanel, runtimeArguments } from "./lib/prepare.mjs";
import { runMain } from "./lib/project.mjs";
import { run } from "./lib/run.mjs";

const MEASUREMENTS = ["checks", "recording", "lists", "avalanche", "download", "cabinet"];

await runMain(async () => {
  const named = process.argv.slice(2);
  const unknown = named.filter((name) => !MEASUREMENTS.includes(name));
  if (unknown.length > 0) {
    console.error(`Unknown: ${unknown.join(", ")}; choose from ${MEASUREMENTS.join(", ")}.`);
    return 2;
  }
  await prepareCode({ withTools: true });
  await preparePanel();
  for (const name of named.length === 0 ? MEASUREMENTS : named) {
    console.log(`\n# ${name}`);
    const code = await run(runtime(), runtimeArguments(`bench/${name}.ts`));
    if (code !== 0) {
      return code;
    }
  }
  return 0;
});
