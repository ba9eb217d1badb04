// Runs after an install: makes `npx ucupdates …` find the command of this checkout. npm links the commands of dependencies, but
// not that of the project itself. If package.json named it (`bin`), npx would install the project into its own cache first,
// which takes half a second and fails for an account that does not own the checkout.
import { mkdir, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { inProject, runMain } from "./lib/project.mjs";

const TARGET = "../../bin/ucupdates.mjs";

await runMain(async () => {
  const folder = inProject("node_modules", ".bin");
  const link = inProject("node_modules", ".bin", "ucupdates");
  await mkdir(folder, { recursive: true });
  if (process.platform === "win32") {
    await writeFile(`${link}.cmd`, `@node "%~dp0\\..\\..\\bin\\ucupdates.mjs" %*\r\n`);
  } else if ((await readlink(link).catch(() => null)) !== TARGET) {
    await rm(link, { force: true });
    await symlink(TARGET, link);
  }
  return 0;
});
