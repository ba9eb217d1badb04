#!/usr/bin/env node
// The command line. Runs on the machine's own Node.js, installs what is missing, and goes on under the pinned one.
import { runtime } from "../scripts/lib/install.mjs";
import { prepareCode, runtimeArguments, runtimeEnvironment } from "../scripts/lib/prepare.mjs";
import { runMain } from "../scripts/lib/project.mjs";
import { run } from "../scripts/lib/run.mjs";

await runMain(async () => {
  // Our programs start in the project, but files named on the command line are meant from where it was typed; the
  // variable is the one in which npm says the same.
  const environment = { NODE_ENV: "production", INIT_CWD: process.cwd(), ...runtimeEnvironment() };
  await prepareCode();
  return run(
    runtime(),
    [...runtimeArguments("lib/programs/cli/main.ts"), ...process.argv.slice(2)],
    environment,
  );
});
