import { spawn } from "node:child_process";
import { constants, setPriority } from "node:os";
import { PROJECT } from "./project.mjs";

const FORWARDED_SIGNALS = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * Keeps the tools that these scripts call from contacting their vendors' hosts. A closed network reaches only a package
 * registry.
 */
export const TOOL_ENVIRONMENT = {
  // A package of Prisma downloads a native engine unless this variable names one; nothing here runs it.
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
  NEXT_TELEMETRY_DISABLED: "1",
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1",
};

/**
 * Runs a program in the project and returns its exit code. The program shares the terminal and receives signals.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Promise<number>}
 */
export async function run(command, args, environment = {}) {
  return withSignals(start(command, args, { stdio: "inherit", environment }));
}

/**
 * Like `run`, for a preparation: all of its output goes to standard error, because standard output belongs to the
 * program that follows, such as a command with `--json`.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Promise<number>}
 */
export function runPreparation(command, args, environment = {}) {
  return withSignals(start(command, args, { stdio: ["inherit", 2, "inherit"], environment }));
}

/**
 * Waits for a program, and forwards the signals that it would not get otherwise.
 *
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<number>}
 */
async function withSignals(child) {
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => child.kill(signal);
  FORWARDED_SIGNALS.forEach((signal) => process.on(signal, forward));
  try {
    return await exitCode(child);
  } finally {
    FORWARDED_SIGNALS.forEach((signal) => process.off(signal, forward));
  }
}

/**
 * Runs a program in the project and captures its output.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function capture(command, args, environment = {}) {
  return outcome(start(command, args, { stdio: ["ignore", "pipe", "pipe"], environment }));
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<{ code: number, output: string }>}
 */
async function outcome(child) {
  let output = "";
  child.stdout?.on("data", (chunk) => (output += chunk));
  child.stderr?.on("data", (chunk) => (output += chunk));
  return { code: await exitCode(child), output };
}

/**
 * Like `capture`, for work that may wait: it gets only the processor time that other programs leave.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function captureInBackground(command, args, environment = {}) {
  const child = start(command, args, { stdio: ["ignore", "pipe", "pipe"], environment });
  // At once, because the processes and threads that the program starts inherit its priority. It is undefined if the
  // program cannot be started, which `outcome` reports.
  if (child.pid !== undefined) {
    setPriority(child.pid, constants.priority.PRIORITY_LOW);
  }
  return outcome(child);
}

/**
 * The command for npm: the npm that runs this script, if any.
 *
 * @param {readonly string[]} args
 * @returns {[string, string[]]}
 */
export function npm(...args) {
  const cli = process.env.npm_execpath;
  if (cli !== undefined && /npm-cli\.c?js$/.test(cli)) {
    return [process.execPath, [cli, ...args]];
  }
  return [process.platform === "win32" ? "npm.cmd" : "npm", [...args]];
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ stdio: import("node:child_process").StdioOptions, environment: NodeJS.ProcessEnv }} options
 */
function start(command, args, { stdio, environment }) {
  return spawn(command, [...args], {
    cwd: PROJECT,
    stdio,
    env: { ...process.env, ...TOOL_ENVIRONMENT, ...environment },
    // Windows starts npm.cmd only through a shell.
    shell: command.endsWith(".cmd"),
  });
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<number>}
 */
function exitCode(child) {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    // Shells report a signal as 128 plus its number, and callers expect the same.
    child.once("close", (code, signal) =>
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])),
    );
  });
}
