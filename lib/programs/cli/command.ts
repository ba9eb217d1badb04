import { Command } from "commander";
import type { z } from "zod";
import { nameFields } from "#programs/cli/name-fields";
import { PROGRAM } from "#programs/cli/program-name";
import type { Outcome } from "#programs/cli/outcome";
import { parseInput } from "#foundation/core/parse-input";
import type { Session } from "#programs/cli/session";

/** One command: its name, the schema of its arguments, and its implementation. */
export type CommandDefinition<Input> = {
  readonly name: string;
  /** The original's cmdlet that does the same; null if there was none. */
  readonly cmdlet: string | null;
  readonly summary: string;
  /** Text that the help prints below the options. */
  readonly notes?: string;
  /** Without the program's name. */
  readonly examples: readonly string[];
  readonly needsDatabase: DatabaseNeed;
  /** Adds arguments and options. */
  readonly configure: (command: Command) => void;
  /** Parses the options by their names, and the arguments as `args`. */
  readonly input: z.ZodType<Input>;
  readonly run: (session: Session, input: Input) => Promise<Outcome>;
};

/** `unmigrated`: the database as it is, also without a schema. */
export type DatabaseNeed = boolean | "unmigrated";

/** A command whose arguments have been parsed. */
export type Task = {
  readonly needsDatabase: DatabaseNeed;
  readonly run: (session: Session) => Promise<Outcome>;
};

export type Execute = (task: Task) => Promise<void>;

/** A definition without the type of its input, so that all commands fit in one list. */
export type RegisteredCommand = {
  readonly name: string;
  readonly cmdlet: string | null;
  readonly toCommand: (execute: Execute) => Command;
};

export function defineCommand<Input>(definition: CommandDefinition<Input>): RegisteredCommand {
  const { name, cmdlet, needsDatabase, input, run } = definition;
  return {
    name,
    cmdlet,
    toCommand: (execute) => {
      const command = new Command(name).description(definition.summary);
      definition.configure(command);
      return command.addHelpText("after", helpText(definition)).action(async () => {
        try {
          const parsed = parseInput(input, { ...command.opts(), args: command.args });
          await execute({ needsDatabase, run: (session) => run(session, parsed) });
        } catch (error) {
          throw nameFields(error, command);
        }
      });
    },
  };
}

function helpText({
  notes,
  examples,
  cmdlet,
}: Pick<CommandDefinition<unknown>, "notes" | "examples" | "cmdlet">): string {
  const parts = [
    ...(notes === undefined ? [] : ["", notes]),
    "",
    "Examples:",
    ...examples.map((example) => `  ${PROGRAM} ${example}`),
    ...(cmdlet === null
      ? []
      : ["", `Like ${cmdlet} of Lync Server and Skype for Business Server.`]),
  ];
  return parts.join("\n");
}

/** Parser for options that may be given several times. */
export function collect(value: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), value];
}
