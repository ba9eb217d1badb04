#!/usr/bin/env node
// The command line. Runs under any installed Node.js, installs what is missing, and continues under the pinned Node.js.
import { runtime } from "../scripts/lib/install.mjs";
import { prepareCode, runtimeArguments, runtimeEnvironment } from "../scripts/lib/prepare.mjs";
import { runMain } from "../scripts/lib/project.mjs";
import { run } from "../scripts/lib/run.mjs";

await runMain(async () => {
  // The programs run in the project directory, but paths on the command line are relative to the directory where it was
  // typed. npm passes that directory in the same variable.
  const environment = { NODE_ENV: "production", INIT_CWD: process.cwd(), ...runtimeEnvironment() };
  await prepareCode();
  return run(
    runtime(),
    [...runtimeArguments("lib/programs/cli/main.ts"), ...process.argv.slice(2)],
    environment,
  );
});
