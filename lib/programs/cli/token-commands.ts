import type { Command } from "commander";
import { Option } from "commander";
import { z } from "zod";
import type { RegisteredCommand } from "#programs/cli/command";
import { defineCommand } from "#programs/cli/command";
import { addConfirmOptions, confirmOptions, removeConfirmed } from "#programs/cli/confirm";
import type { Field } from "#programs/cli/output/fields";
import { column } from "#programs/cli/output/fields";
import { formatJson, toJsonObject } from "#programs/cli/output/format";
import type { Terminal } from "#programs/cli/terminal";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { AppError } from "#foundation/core/errors";
import { wholeNumberText } from "#foundation/core/whole-number-text";

// Shared by the commands for API tokens and for device tokens.

type Token = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
};

/** The last columns of every list of tokens. */
export const TOKEN_TIMES: readonly Field<Token>[] = [
  column("CreatedAt", (token) => token.createdAt),
  column("ExpiresAt", (token) => token.expiresAt),
  column("LastUsedAt", (token) => token.lastUsedAt),
];

export const NEW_TOKEN_NOTES = "Only the secret is printed on standard output.";

export function addNewTokenOptions(command: Command, keepDays: number): Command {
  return command
    .addOption(
      new Option("--keep-days <days>", `days until it expires (default: ${keepDays})`).conflicts(
        "neverExpires",
      ),
    )
    .option("--never-expires", "the token works until it is removed")
    .option("--json", "print the token and its secret as JSON");
}

export function newTokenOptions(keepDays: number): {
  readonly keepDays: z.ZodType<number>;
  readonly neverExpires: z.ZodType<boolean>;
  readonly json: z.ZodType<boolean>;
} {
  return {
    keepDays: wholeNumberText.default(keepDays),
    neverExpires: z.boolean().default(false),
    json: z.boolean().default(false),
  };
}

/** Null means that the token never expires. */
export function chosenKeepDays(input: {
  readonly keepDays: number;
  readonly neverExpires: boolean;
}): number | null {
  return input.neverExpires ? null : input.keepDays;
}

type MadeToken<Made extends Token> = {
  readonly token: Made;
  readonly secret: string;
  readonly fields: readonly Field<Made>[];
  /** Such as "the token x for y". */
  readonly name: string;
};

/** Prints only the secret on standard output, so that a script can read it from there. */
export function printNewToken<Made extends Token>(
  { terminal, isJson }: { readonly terminal: Terminal; readonly isJson: boolean },
  { token, secret, fields, name }: MadeToken<Made>,
): void {
  if (isJson) {
    terminal.write(formatJson({ ...toJsonObject(token, fields), secret }));
    return;
  }
  terminal.tell(`Created ${name}. The secret, which is shown only once:\n`);
  terminal.write(`${secret}\n`);
}

type TokenRemoval<Kept extends Pick<Token, "id">> = {
  readonly command: string;
  readonly summary: string;
  /** The command that lists the ids. */
  readonly listedBy: string;
  /** Such as "device token". */
  readonly kind: string;
  readonly list: (context: UseCaseContext) => Promise<readonly Kept[]>;
  readonly nameOf: (token: Kept) => string;
  readonly revoke: (context: UseCaseContext, input: { readonly tokenId: string }) => Promise<void>;
};

export function tokenRemoval<Kept extends Pick<Token, "id">>({
  command: name,
  summary,
  listedBy,
  kind,
  list,
  nameOf,
  revoke,
}: TokenRemoval<Kept>): RegisteredCommand {
  return defineCommand({
    name,
    cmdlet: null,
    summary,
    examples: [`${name} 019ab1c2-3d4e-7f50-8a61-b2c3d4e5f607`],
    needsDatabase: true,
    configure: (command) => {
      addConfirmOptions(command.argument("<id>", `the token's id, as ${listedBy} shows it`));
    },
    input: z.strictObject({ args: z.tuple([z.string()]), ...confirmOptions }),
    run: async ({ terminal, context }, input) => {
      const tokenId = input.args[0].toLowerCase();
      const token = (await list(context())).find(({ id }) => id === tokenId);
      if (token === undefined) {
        throw new AppError("not_found", `There is no ${kind} ${tokenId}.`);
      }
      return removeConfirmed(terminal, input, {
        whatIfText: `This would remove ${nameOf(token)}.`,
        question: `Remove ${nameOf(token)}?`,
        remove: async () => {
          await revoke(context(), { tokenId });
          terminal.tell(`Removed ${nameOf(token)}.\n`);
        },
      });
    },
  });
}
