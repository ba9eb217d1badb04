// `npm run demo`: an instance with a pretended fleet of 100,000 phones (`npm run demo -- --phones 5000` for fewer), in a
// data directory of its own.
import { runtime } from "./lib/install.mjs";
import { prepareCode, preparePanel, runtimeArguments, runtimeEnvironment } from "./lib/prepare.mjs";
import { runMain } from "./lib/project.mjs";
import { run } from "./lib/run.mjs";

const {
  DATA_DIRECTORY = "data-demo",
  ADMIN_PASSWORD = "demonstration",
  TRUSTED_PROXIES = "127.0.0.1",
} = process.env;

await runMain(async () => {
  await prepareCode();
  await preparePanel();
  return run(runtime(), [...runtimeArguments("scripts/demo/main.ts"), ...process.argv.slice(2)], {
    NODE_ENV: "production",
    ...runtimeEnvironment(),
    DATA_DIRECTORY,
    ADMIN_PASSWORD,
    // The pretended phones are behind this host, each with its own address.
    TRUSTED_PROXIES,
    // All phones arrive within a minute.
    MAX_NEW_PHONES_PER_HOUR: "1000000",
    EXTERNAL_MAX_NEW_PHONES_PER_HOUR: "1000000",
  });
});
