import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import process from "node:process";
import { fileURLToPath } from "node:url";

const PROJECT = fileURLToPath(new URL("../../../../", import.meta.url));

export type CliResult = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

export type CliOptions = {
  /** Standard input; empty by default. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The reader closes the pipe after the first bytes, like `head -1`. */
  readonly closesOutputEarly?: boolean;
};

/** Runs the command line as a child process, on the database of the test. */
export async function runCli(
  args: readonly string[],
  { input = "", env = {}, closesOutputEarly = false }: CliOptions = {},
): Promise<CliResult> {
  const child = spawn(
    process.execPath,
    ["--import", "./scripts/server-only.mjs", "lib/programs/cli/main.ts", ...args],
    {
      cwd: PROJECT,
      env: { ...process.env, INIT_CWD: "", ...env },
      stdio: "pipe",
    },
  );
  const exit = new Promise<number | null>((resolve) => {
    child.once("close", resolve);
  });
  // The command may end before it has read all of its input.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  if (closesOutputEarly) {
    child.stdout.once("data", () => child.stdout.destroy());
  }
  const stdout = closesOutputEarly ? Promise.resolve("") : text(child.stdout);
  const [out, err] = await Promise.all([stdout, text(child.stderr)]);
  return { code: await exit, stdout: out, stderr: err };
}

/** Parses the output of a command with `--json`. */
export function parseOutput({ stdout }: Pick<CliResult, "stdout">): unknown {
  return JSON.parse(stdout);
}
