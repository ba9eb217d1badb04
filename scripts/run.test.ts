import { execFile } from "node:child_process";
import process from "node:process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const RUN = new URL("lib/run.mjs", import.meta.url).href;

test("a preparation leaves standard output to the program that follows", async () => {
  const program = `
    import { run, runPreparation } from ${JSON.stringify(RUN)};
    await runPreparation(process.execPath, ["-p", "'added 1 package'"]);
    process.exit(await run(process.execPath, ["-p", "'{}'"]));`;

  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    "--input-type=module",
    "--eval",
    program,
  ]);

  expect({ stdout, stderr }).toEqual({ stdout: "{}\n", stderr: "added 1 package\n" });
});
