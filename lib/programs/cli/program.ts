import { Command } from "commander";
import { PROGRAM } from "#programs/cli/program-name";
import type { Task } from "#programs/cli/command";
import type { LoadedGroup } from "#programs/cli/load-commands";
import type { Outcome } from "#programs/cli/outcome";
import type { Terminal } from "#programs/cli/terminal";
import manifest from "../../../package.json" with { type: "json" };

export type Call = {
  readonly args: readonly string[];
  /** The result of `loadCommands` for these arguments. */
  readonly groups: readonly LoadedGroup[];
};

/** Parses the arguments and runs the command they name. Throws a `CommanderError` for an invalid call. */
export async function runProgram({ args, groups }: Call, terminal: Terminal): Promise<Outcome> {
  let outcome: Outcome = "done";
  const program = buildProgram(groups, terminal, async (task) => {
    // Loaded here, because the help and usage errors do not need it.
    const { runTask } = await import("#programs/cli/run-task");
    outcome = await runTask(task, terminal);
  });
  await program.parseAsync(withoutHelpForNothing(args, program), { from: "user" });
  return outcome;
}

/** `help` with an unknown name is refused like a call of it: Commander prints the whole help and does not say why. */
function withoutHelpForNothing(args: readonly string[], program: Command): string[] {
  const [first, name] = args;
  const isKnown = program.commands.some((command) => command.name() === name);
  return first === "help" && name !== undefined && !isKnown ? [name] : [...args];
}

function buildProgram(
  groups: readonly LoadedGroup[],
  terminal: Pick<Terminal, "write" | "tell">,
  execute: (task: Task) => Promise<void>,
): Command {
  const program = new Command(PROGRAM)
    .description(
      "Manages firmware updates of desk phones made for Lync Server and Skype for Business Server.",
    )
    .usage("<command> [options]")
    // Allows commands to have their own --version option.
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
Commands are named after the cmdlets they replace. Every command has its own help:
  ${PROGRAM} help approve-device-update-rule

The settings are the environment variables of the service. Commands use the database of the running
service, or start the built-in database while they run. Exit codes and all commands: docs/cli.md.`;

/** Prints one line for an invalid call, with a suggestion, instead of the whole help. */
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
