import { Command } from "commander";
import type { Task } from "#programs/cli/command";
import type { LoadedGroup } from "#programs/cli/load-commands";
import type { Outcome } from "#programs/cli/outcome";
import type { Terminal } from "#programs/cli/terminal";
import manifest from "../../../package.json" with { type: "json" };

export type Call = {
  readonly args: readonly string[];
  /** What `loadCommands` finds for these arguments. */
  readonly groups: readonly LoadedGroup[];
};

/** Reads the arguments and runs the command they name. Throws what commander throws for a wrong call. */
export async function runProgram({ args, groups }: Call, terminal: Terminal): Promise<Outcome> {
  let outcome: Outcome = "done";
  const program = buildProgram(groups, terminal, async (task) => {
    // A help and a refusal need nothing of what a command runs on.
    const { runTask } = await import("#programs/cli/run-task");
    outcome = await runTask(task, terminal);
  });
  await program.parseAsync([...args], { from: "user" });
  return outcome;
}

function buildProgram(
  groups: readonly LoadedGroup[],
  terminal: Pick<Terminal, "write" | "tell">,
  execute: (task: Task) => Promise<void>,
): Command {
  const program = new Command("ucupdates")
    .description(
      "Keeps the firmware of desk phones made for Lync Server and Skype for Business Server.",
    )
    .usage("<command> [options]")
    // Lets commands have a --version of their own.
    .enablePositionalOptions()
    .version(manifest.version, "-V, --version", "print the version of ucupdates")
    .helpCommand("help [command]", "show how a command is used")
    .addHelpText("after", PROGRAM_NOTES);
  for (const { heading, commands } of groups) {
    for (const registered of commands) {
      program.addCommand(registered.toCommand(execute).helpGroup(heading));
    }
  }
  for (const command of [program, ...program.commands]) {
    refuseInOneLine(command, terminal);
  }
  return program;
}

const PROGRAM_NOTES = `
Commands are named after the cmdlets they replace. Every one has its own help:
  ucupdates help approve-device-update-rule

Settings come from the same environment variables as the service's; commands join its database, or
start the built-in one for as long as they run. Exit codes and all commands: docs/cli.md.`;

/** One line for a wrong call, with what was probably meant, instead of the whole help. */
function refuseInOneLine(
  command: Command,
  { write, tell }: Pick<Terminal, "write" | "tell">,
): void {
  command
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureOutput({
      writeOut: write,
      writeErr: tell,
      outputError: (text, print) => {
        const sentence = text
          .replace(/^error: /, "")
          .split("\n")
          .map((line) => line.trim())
          .filter((line) => line !== "")
          .join(" ");
        print(`ucupdates: ${sentence}\n`);
      },
    });
}
