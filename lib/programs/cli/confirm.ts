import type { Command } from "commander";
import { Option } from "commander";
import { z } from "zod";
import type { Outcome } from "#programs/cli/outcome";
import type { Terminal } from "#programs/cli/terminal";
import { AppError } from "#foundation/core/errors";

const flag = z.boolean().default(false);

/** The three switches that the cmdlets have in common. */
export const confirmOptions = { whatIf: flag, confirm: flag, force: flag };

export function addConfirmOptions(command: Command): Command {
  return command
    .option("--what-if", "say what would change, and change nothing")
    .option("--confirm", "ask before anything is changed")
    .addOption(new Option("--force", "never ask").conflicts("confirm"));
}

/**
 * Whether to ask first: where it was wished, and before removing at a terminal. A script is not asked, as
 * with the cmdlets; one that wishes to be asked and cannot answer is refused.
 */
export function mustAsk(
  { confirm, force }: { readonly confirm: boolean; readonly force: boolean },
  { canAsk, isRemoval }: { readonly canAsk: boolean; readonly isRemoval: boolean },
): boolean {
  if (confirm && !canAsk) {
    throw new AppError("invalid_input", "--confirm asks, and there is no terminal to answer at.");
  }
  return confirm || (isRemoval && canAsk && !force);
}

export async function isConfirmed(
  terminal: Pick<Terminal, "ask">,
  question: string,
): Promise<boolean> {
  const answer = await terminal.ask(`${question} [y/N] `);
  return /^y(es)?$/i.test(answer.trim());
}

type Removal = {
  /** What `--what-if` says. */
  readonly foretold: string;
  readonly question: string;
  readonly remove: () => Promise<void>;
};

/** Removes as the cmdlets do: told only where that is wished, and asked about first where somebody can answer. */
export async function removeConfirmed(
  terminal: Pick<Terminal, "ask" | "canAsk" | "write">,
  switches: z.output<z.ZodObject<typeof confirmOptions>>,
  { foretold, question, remove }: Removal,
): Promise<Outcome> {
  if (switches.whatIf) {
    terminal.write(`${foretold}\n`);
    return "done";
  }
  const isAsking = mustAsk(switches, { canAsk: terminal.canAsk, isRemoval: true });
  if (isAsking && !(await isConfirmed(terminal, question))) {
    return "declined";
  }
  await remove();
  return "done";
}
