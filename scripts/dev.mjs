// `npm run dev`: the same processes as `npm start`, with reloading. The panel is compiled on request and reloads in the
// browser; the server restarts when a file under WATCHED changes.
import { runtime } from "./lib/install.mjs";
import {
  SUPERVISOR_YOUNG_MIB,
  prepareCode,
  runtimeArguments,
  runtimeEnvironment,
} from "./lib/prepare.mjs";
import { runMain } from "./lib/project.mjs";
import { run } from "./lib/run.mjs";

const WATCHED = ["lib", "prisma/generated", "prisma/migrations", "server.ts"];

await runMain(async () => {
  await prepareCode({ withTools: true });
  const watch = ["--watch-preserve-output", ...WATCHED.map((path) => `--watch-path=${path}`)];
  return run(runtime(), [...watch, ...runtimeArguments("server.ts", SUPERVISOR_YOUNG_MIB)], {
    NODE_ENV: "development",
    ...runtimeEnvironment(),
  });
});
