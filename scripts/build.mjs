// `npm run build`: builds the panel for production if its sources have changed. `npm start` does this itself.
import { prepareCode, preparePanel } from "./lib/prepare.mjs";
import { runMain } from "./lib/project.mjs";

await runMain(async () => {
  await prepareCode();
  await preparePanel();
  return 0;
});
