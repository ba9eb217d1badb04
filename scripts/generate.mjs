// `npm run generate`: generates the database client if schema.prisma has changed. Other programs do this themselves.
import { prepareCode } from "./lib/prepare.mjs";
import { runMain } from "./lib/project.mjs";

await runMain(async () => {
  await prepareCode({ withTools: true });
  return 0;
});
