import { Command } from "commander";
import type { RegisteredCommand, Task } from "#lib/cli/command";
import { accountCommands } from "#lib/cli/commands/accounts";
import { apiTokenCommands } from "#lib/cli/commands/api-tokens";
import { auditCommands } from "#lib/cli/commands/audit";
import { captureCommands } from "#lib/cli/commands/captures";
import { deviceTokenCommands } from "#lib/cli/commands/device-tokens";
import { deviceLogCommands } from "#lib/cli/commands/device-logs";
import { deviceUpdateConfigurationCommands } from "#lib/cli/commands/device-update-configuration";
import { deviceCommands } from "#lib/cli/commands/devices";
import { dialectCommands } from "#lib/cli/commands/dialect";
import { doctorCommands } from "#lib/cli/commands/doctor";
import { fileCommands } from "#lib/cli/commands/files";
import { importCommands } from "#lib/cli/commands/imports";
import { phoneCommands } from "#lib/cli/commands/phone";
import { poolCommands } from "#lib/cli/commands/pools";
import { reviewCommands } from "#lib/cli/commands/review";
import { ruleCommands } from "#lib/cli/commands/rules";
import { testDeviceCommands } from "#lib/cli/commands/test-devices";
import { undoCommands } from "#lib/cli/commands/undo";
import { whatIfCommands } from "#lib/cli/commands/what-if";
import { userHomeCommands } from "#lib/cli/commands/user-homes";
import { updateCheckCommands } from "#lib/cli/commands/update-checks";
import type { Outcome } from "#lib/cli/outcome";
import { programVersion } from "#lib/cli/program-version";
import { runTask } from "#lib/cli/run-task";
import type { Terminal } from "#lib/cli/terminal";

/** The groups of the help, in the order in which an administrator meets them. */
const GROUPS: readonly {
  readonly heading: string;
  readonly commands: readonly RegisteredCommand[];
}[] = [
  { heading: "Import packages:", commands: importCommands },
  { heading: "Review updates:", commands: [...ruleCommands, ...reviewCommands, ...undoCommands] },
  {
    heading: "Test devices and devices:",
    commands: [...testDeviceCommands, ...deviceCommands, ...whatIfCommands],
  },
  {
    heading: "Pools, accounts and tokens:",
    commands: [
      ...poolCommands,
      ...userHomeCommands,
      ...accountCommands,
      ...apiTokenCommands,
      ...deviceTokenCommands,
    ],
  },
  { heading: "What phones say:", commands: [...captureCommands, ...dialectCommands] },
  {
    heading: "Logs of phones and checks:",
    commands: [...updateCheckCommands, ...deviceLogCommands, ...deviceUpdateConfigurationCommands],
  },
  { heading: "Upkeep:", commands: [...doctorCommands, ...auditCommands, ...fileCommands] },
  { heading: "Trying it out:", commands: phoneCommands },
];

/** Reads the arguments and runs the command they name. Throws what commander throws for a wrong call. */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<Outcome> {
  let outcome: Outcome = "done";
  const program = buildProgram(terminal, async (task) => {
    outcome = await runTask(task, terminal);
  });
  await program.parseAsync([...args], { from: "user" });
  return outcome;
}

function buildProgram(
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
    .version(programVersion(), "-V, --version", "print the version of ucupdates")
    .helpCommand("help [command]", "show how a command is used")
    .addHelpText("after", PROGRAM_NOTES);
  for (const { heading, commands } of GROUPS) {
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
          .trim()
          .replaceAll(/\s*\n\s*/g, " ");
        print(`ucupdates: ${sentence}\n`);
      },
    });
}
