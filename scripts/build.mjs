// `npm run build`: the panel for production, if anything it is made of has changed. `npm start` does it by itself.
import { prepareCode, preparePanel } from "./lib/prepare.mjs";
import { runMain } from "./lib/project.mjs";

await runMain(async () => {
  await prepareCode();
  await preparePanel();
  return 0;
});
