import { Command } from "commander";
import type { z } from "zod";
import type { Outcome } from "#programs/cli/outcome";
import { parseInput } from "#foundation/core/parse-input";
import type { Session } from "#programs/cli/session";

/** One command: how it is called, what it reads from its arguments, and what it does. */
export type CommandDefinition<Input> = {
  readonly name: string;
  /** The original's cmdlet that does the same; null where there was none. */
  readonly cmdlet: string | null;
  readonly summary: string;
  /** What the help says below the options. */
  readonly notes?: string;
  /** Without the program's name. */
  readonly examples: readonly string[];
  readonly needsDatabase: boolean;
  /** Adds arguments and options. */
  readonly configure: (command: Command) => void;
  /** Reads the options by their names, and the arguments as `args`. */
  readonly input: z.ZodType<Input>;
  readonly run: (session: Session, input: Input) => Promise<Outcome>;
};

/** A command whose arguments have been read. */
export type Task = {
  readonly needsDatabase: boolean;
  readonly run: (session: Session) => Promise<Outcome>;
};

export type Execute = (task: Task) => Promise<void>;

/** A definition without the type of its input, so that commands of every kind stand in one list. */
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
        const parsed = parseInput(input, { ...command.opts(), args: command.args });
        await execute({ needsDatabase, run: (session) => run(session, parsed) });
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
    ...examples.map((example) => `  ucupdates ${example}`),
    ...(cmdlet === null
      ? []
      : ["", `Like ${cmdlet} of Lync Server and Skype for Business Server.`]),
  ];
  return parts.join("\n");
}

/** For options that may be given several times. */
export function collect(value: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), value];
}
