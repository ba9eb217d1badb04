import { execFile } from "node:child_process";
import process from "node:process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Creates an API token of the first administrator with the command line. `settings` are those of the server. */
export async function newToken(
  dataDirectory: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { stdout } = await run(
    process.execPath,
    [
      ...["--import", "./scripts/server-only.mjs", "lib/programs/cli/main.ts", "new-api-token"],
      ...["--account", "admin", "--name", "test", "--keep-days", "1"],
    ],
    { env: { ...process.env, ...settings, DATA_DIRECTORY: dataDirectory } },
  );
  return stdout.trim();
}
