import { spawn } from "node:child_process";
import type { ChildProcess, ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { z } from "zod";

const PROJECT = fileURLToPath(new URL("../../../../", import.meta.url));

const RUNTIME_ARGUMENTS = ["--import", "./scripts/server-only.mjs"];

const cliResult = z.object({
  code: z.number().nullable(),
  stdout: z.string(),
  stderr: z.string(),
});
export type CliResult = Readonly<z.output<typeof cliResult>>;

type Host = {
  readonly child: ChildProcess;
  readonly ended: AbortSignal;
  /** Its environment variables, which it reads when it starts, as JSON. */
  readonly environment: string;
};

export type CliOptions = {
  /** Standard input; empty by default. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The reader closes the pipe after the first bytes, like `head -1`. */
  readonly closesOutputEarly?: boolean;
  /** Ctrl-C as soon as this text is on standard error. */
  readonly interruptedAt?: string;
  /** Ctrl-C while the command waits for the reader of its output. */
  readonly interruptedAtOutput?: boolean;
  /** Standard output goes into this file. */
  readonly outputFile?: string;
};

/** The host can take on these variables for one command. All others are read when a process starts. */
const VARIABLES_OF_HOST: readonly string[] = ["INIT_CWD"];
const OPTIONS_OF_HOST: readonly string[] = ["input", "env"] satisfies (keyof CliOptions)[];
let isFirst = true;
let host: Host | null = null;
let isHostBusy = false;

afterAll(() => {
  host?.child.disconnect();
});

/**
 * Runs the command line on the database of the test. The first command of a test file, and every command with options
 * that belong to a process, has a process of its own; the others share one, which takes a tenth of the time.
 */
export async function runCli(
  args: readonly string[],
  options: CliOptions = {},
): Promise<CliResult> {
  const needsProcess =
    isFirst ||
    isHostBusy ||
    Object.keys(options).some((name) => !OPTIONS_OF_HOST.includes(name)) ||
    Object.keys(options.env ?? {}).some((name) => !VARIABLES_OF_HOST.includes(name));
  isFirst = false;
  return needsProcess ? runInProcess(args, options) : runInHost(args, options);
}

async function runInHost(
  args: readonly string[],
  { input = "", env = {} }: CliOptions,
): Promise<CliResult> {
  isHostBusy = true;
  try {
    const current = hostForEnvironment();
    const answer = once(current.child, "message", { signal: current.ended });
    current.child.send({ args, input, env });
    const messages: unknown[] = await answer;
    return cliResult.parse(messages[0]);
  } finally {
    isHostBusy = false;
  }
}

/** The running host, replaced if the test has changed the environment since its start. */
function hostForEnvironment(): Host {
  if (host?.environment !== JSON.stringify(process.env)) {
    host?.child.disconnect();
    host = startHost();
  }
  return host;
}

function startHost(): Host {
  const child = spawn(
    process.execPath,
    [...RUNTIME_ARGUMENTS, "lib/programs/cli/testing/command-host.ts"],
    {
      cwd: PROJECT,
      env: { ...process.env, INIT_CWD: "" },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    },
  );
  const ended = new AbortController();
  child.once("exit", () => {
    ended.abort(new Error("The process for commands has ended."));
  });
  return { child, ended: ended.signal, environment: JSON.stringify(process.env) };
}

async function runInProcess(
  args: readonly string[],
  { input = "", env = {}, outputFile, interruptedAt, ...atOutput }: CliOptions,
): Promise<CliResult> {
  const call = [process.execPath, ...RUNTIME_ARGUMENTS, "lib/programs/cli/main.ts", ...args];
  const redirection = outputFile === undefined ? "" : ' > "$OUTPUT_FILE"';
  const child = spawn("sh", ["-c", `exec "$@"${redirection}`, "sh", ...call], {
    cwd: PROJECT,
    env: { ...process.env, INIT_CWD: "", OUTPUT_FILE: outputFile, ...env },
    stdio: "pipe",
  });
  const exit = new Promise<number | null>((resolve) => {
    child.once("close", resolve);
  });
  // The command may end before it has read all of its input.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  child.stderr.on("data", (chunk: Buffer) => {
    if (interruptedAt !== undefined && chunk.toString().includes(interruptedAt)) {
      child.kill("SIGINT");
    }
  });
  const [out, err] = await Promise.all([readOutput(child, atOutput), text(child.stderr)]);
  return { code: await exit, stdout: out, stderr: err };
}

async function readOutput(
  child: ChildProcessWithoutNullStreams,
  {
    closesOutputEarly = false,
    interruptedAtOutput = false,
  }: Pick<CliOptions, "closesOutputEarly" | "interruptedAtOutput">,
): Promise<string> {
  if (closesOutputEarly) {
    child.stdout.once("data", () => child.stdout.destroy());
    return "";
  }
  if (interruptedAtOutput) {
    await once(child.stdout, "readable");
    child.kill("SIGINT");
  }
  return text(child.stdout);
}

/** Parses the output of a command with `--json`. */
export function parseOutput({ stdout }: Pick<CliResult, "stdout">): unknown {
  return JSON.parse(stdout);
}
