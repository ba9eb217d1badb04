import { randomBytes } from "node:crypto";
import type { Command } from "commander";
import { Option } from "commander";
import { z } from "zod";
import type { Terminal } from "#programs/cli/terminal";
import { AppError } from "#foundation/core/errors";

const flag = z.boolean().default(false);

/** The password itself is never an option: all users of the machine can see arguments, and shells keep them. */
export const passwordOptions = { generatePassword: flag, passwordStdin: flag };

export type PasswordOptions = {
  readonly generatePassword: boolean;
  readonly passwordStdin: boolean;
};

export function addPasswordOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--generate-password", "generate a password and print it once").conflicts(
        "passwordStdin",
      ),
    )
    .option("--password-stdin", "read the password from standard input");
}

/** A password. If it was generated, it must be printed once. */
export type GivenPassword = { readonly password: string; readonly isGenerated: boolean };

/** Generates a password, reads it from standard input, or asks for it twice at the terminal. */
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
      "There is no terminal to read a password from: use --password-stdin or --generate-password.",
    );
  }
  const password = await terminal.askSecret("Password: ");
  if (password === "") {
    throw new AppError("invalid_input", "No password was given.");
  }
  if ((await terminal.askSecret("Repeat it: ")) !== password) {
    throw new AppError("invalid_input", "The two passwords differ.");
  }
  return { password, isGenerated: false };
}
