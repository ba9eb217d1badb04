import type { Command } from "commander";
import { Option } from "commander";
import { z } from "zod";
import type { Outcome } from "#programs/cli/outcome";
import type { Terminal } from "#programs/cli/terminal";
import { AppError } from "#foundation/core/errors";

const flag = z.boolean().default(false);

/** The three switches that all cmdlets share. */
export const confirmOptions = { whatIf: flag, confirm: flag, force: flag };

export function addConfirmOptions(command: Command): Command {
  return command
    .option("--what-if", "say what would change, and change nothing")
    .option("--confirm", "ask before anything is changed")
    .addOption(new Option("--force", "never ask").conflicts("confirm"));
}

/**
 * Whether to ask first: with `--confirm`, and before a removal at a terminal. As with the cmdlets, a script is not
 * asked. Throws for `--confirm` without a terminal.
 */
export function mustAsk(
  { confirm, force }: { readonly confirm: boolean; readonly force: boolean },
  { canAsk, isRemoval }: { readonly canAsk: boolean; readonly isRemoval: boolean },
): boolean {
  if (confirm && !canAsk) {
    throw new AppError("invalid_input", "--confirm needs an answer, but there is no terminal.");
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
  /** The output of `--what-if`. */
  readonly whatIfText: string;
  readonly question: string;
  readonly remove: () => Promise<void>;
};

/** Removes as the cmdlets do: `--what-if` only prints, and at a terminal the command asks first. */
export async function removeConfirmed(
  terminal: Pick<Terminal, "ask" | "canAsk" | "write">,
  switches: z.output<z.ZodObject<typeof confirmOptions>>,
  { whatIfText, question, remove }: Removal,
): Promise<Outcome> {
  if (switches.whatIf) {
    terminal.write(`${whatIfText}\n`);
    return "done";
  }
  const isAsking = mustAsk(switches, { canAsk: terminal.canAsk, isRemoval: true });
  if (isAsking && !(await isConfirmed(terminal, question))) {
    return "declined";
  }
  await remove();
  return "done";
}
