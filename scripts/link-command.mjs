// Runs after an install: makes `npx ucupdates …` find the command of this checkout directly. npm links the commands of
// dependencies, but not those of the project itself; npx would create a copy first.
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
