// A process that runs one command after another, so that tests do not load all modules for each command. The process
// of a test file talks to it over IPC.
import process from "node:process";
import { z } from "zod";
import { runCommand } from "#programs/cli/run-command";
import type { ProcessTerminal } from "#programs/cli/terminal";

const request = z.object({
  args: z.array(z.string()),
  input: z.string(),
  env: z.record(z.string(), z.string()),
});

process.noDeprecation = true;
process.once("disconnect", () => process.exit());
process.on("message", (message) => {
  void answer(request.parse(message));
});

async function answer({ args, input, env }: z.output<typeof request>): Promise<void> {
  const written = { stdout: "", stderr: "" };
  const terminal: ProcessTerminal = {
    write: (text) => {
      written.stdout += text;
    },
    tell: (text) => {
      written.stderr += text;
    },
    columns: null,
    isWatched: false,
    canAsk: false,
    readInput: () => Promise.resolve(input),
    ask: () => Promise.reject(new Error("A pipe cannot be asked.")),
    askSecret: () => Promise.reject(new Error("A pipe cannot be asked.")),
    stop: new AbortController().signal,
    flush: () => Promise.resolve(),
    isInterrupted: () => false,
    outputFailure: () => null,
  };
  const before = { ...process.env };
  Object.assign(process.env, env);
  const code = await runCommand(args, () => terminal);
  Object.assign(process.env, before);
  process.send?.({ code, ...written });
}
