// `npm run integration`: the integration tests of the given files, or all of them. The few files that need the panel build it
// themselves; before a run of all files it is built here, because two builds at the same time fail.
import { runtime } from "./lib/install.mjs";
import { prepareCode, preparePanel } from "./lib/prepare.mjs";
import { inProject, runMain } from "./lib/project.mjs";
import { run } from "./lib/run.mjs";

const args = process.argv.slice(2);

await runMain(async () => {
  await prepareCode();
  if (args.every((arg) => arg.startsWith("-"))) {
    await preparePanel();
  }
  const vitest = inProject("node_modules", "vitest", "vitest.mjs");
  return run(runtime(), [vitest, "run", "--project", "integration", ...args]);
});
