// `npm start`: from a fresh clone to a running server. Runs under any installed Node.js and needs no installed
// packages.
import { runtime } from "./lib/install.mjs";
import {
  SUPERVISOR_YOUNG_MIB,
  prepareCode,
  preparePanel,
  runtimeArguments,
  runtimeEnvironment,
} from "./lib/prepare.mjs";
import { runMain } from "./lib/project.mjs";
import { run } from "./lib/run.mjs";

await runMain(async () => {
  await prepareCode();
  await preparePanel();
  return run(runtime(), runtimeArguments("server.ts", SUPERVISOR_YOUNG_MIB), {
    NODE_ENV: "production",
    ...runtimeEnvironment(),
  });
});
