import { randomBytes } from "node:crypto";
import type { Command } from "commander";
import { Option } from "commander";
import { z } from "zod";
import type { Terminal } from "#programs/cli/terminal";
import { AppError } from "#foundation/core/errors";

const flag = z.boolean().default(false);

/** Never the password itself: arguments are seen by everybody on the machine and kept by shells. */
export const passwordOptions = { generatePassword: flag, passwordStdin: flag };

export type PasswordOptions = {
  readonly generatePassword: boolean;
  readonly passwordStdin: boolean;
};

export function addPasswordOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--generate-password", "make a password and print it once").conflicts(
        "passwordStdin",
      ),
    )
    .option("--password-stdin", "read the password from standard input");
}

/** A password, and whether whoever asked for it has yet to learn it. */
export type GivenPassword = { readonly password: string; readonly isGenerated: boolean };

/** Generated, read from standard input, or asked for twice at the terminal. */
export async function readPassword(
  terminal: Pick<Terminal, "readInput" | "canAsk" | "askSecret">,
  { generatePassword, passwordStdin }: PasswordOptions,
): Promise<GivenPassword> {
  if (generatePassword) {
    return { password: randomBytes(15).toString("base64url"), isGenerated: true };
  }
  if (passwordStdin) {
    const [line = ""] = (await terminal.readInput()).split(/\r?\n/);
    return { password: line, isGenerated: false };
  }
  if (!terminal.canAsk) {
    throw new AppError(
      "invalid_input",
      "There is no terminal to ask for a password at: use --password-stdin or --generate-password.",
    );
  }
  const password = await terminal.askSecret("Password: ");
  if (password === "") {
    throw new AppError("invalid_input", "No password was given.");
  }
  if ((await terminal.askSecret("Once more: ")) !== password) {
    throw new AppError("invalid_input", "The two passwords differ.");
  }
  return { password, isGenerated: false };
}
