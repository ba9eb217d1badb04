// `npm run generate`: the database client, if schema.prisma changed. Other programs do it by themselves.
import { prepareCode } from "./lib/prepare.mjs";
import { runMain } from "./lib/project.mjs";

await runMain(async () => {
  await prepareCode();
  return 0;
});
