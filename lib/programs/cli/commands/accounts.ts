import { Option } from "commander";
import { z } from "zod";
import type { Account } from "#access/accounts/model";
import { changeAccountInput, createAccountInput } from "#access/accounts/schema";
import { changeAccount } from "#access/accounts/server/change-account";
import { createAccount } from "#access/accounts/server/create-account";
import { listAccounts } from "#access/accounts/server/list-accounts";
import { removeAccount } from "#access/accounts/server/remove-account";
import { defineCommand } from "#programs/cli/command";
import { addConfirmOptions, confirmOptions, removeConfirmed } from "#programs/cli/confirm";
import type { Field } from "#programs/cli/output/fields";
import { column, detail } from "#programs/cli/output/fields";
import { addFormatOptions, formatOptions, printItems } from "#programs/cli/output/format";
import { parseInput } from "#foundation/core/parse-input";
import { pickAccount } from "#programs/cli/pick-account";
import type { PasswordOptions } from "#programs/cli/read-password";
import { addPasswordOptions, passwordOptions, readPassword } from "#programs/cli/read-password";
import type { Session } from "#programs/cli/session";
import { AppError } from "#foundation/core/errors";
import { ROLES } from "#foundation/core/permissions";

const ACCOUNT_FIELDS: readonly Field<Account>[] = [
  column("Name", (account) => account.name),
  column("Role", (account) => account.role),
  column("IsEnabled", (account) => account.isEnabled),
  column("LastSignInAt", (account) => account.lastSignInAt),
  detail("CreatedAt", (account) => account.createdAt),
  detail("Id", (account) => account.id),
];

const role = z
  .string()
  .toLowerCase()
  .pipe(z.enum(ROLES, `One of ${ROLES.join(", ")}.`));

const getAccount = defineCommand({
  name: "get-account",
  cmdlet: null,
  summary: "show the accounts and their roles",
  examples: ["get-account", "get-account anna --list"],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(command.argument("[name...]", "names of accounts"));
  },
  input: z.strictObject({ args: z.array(z.string()), ...formatOptions }),
  run: async (session, input) => {
    const all = await listAccounts(session.context());
    const accounts =
      input.args.length === 0 ? all : input.args.map((name) => pickAccount(all, name));
    printItems(session.terminal, accounts, {
      fields: ACCOUNT_FIELDS,
      options: input,
    });
    return "done";
  },
});

const newAccount = defineCommand({
  name: "new-account",
  cmdlet: null,
  summary: "add an account, which signs in to the panel or from a phone outside",
  notes: `Roles: administrator may do everything; operator approves, rejects, tests and restores; viewer
looks. Without a password option, the command asks for the password.`,
  examples: [
    "new-account anna --role operator",
    "new-account anna --role operator --generate-password",
    "new-account anna --role viewer --password-stdin < password.txt",
  ],
  needsDatabase: true,
  configure: (command) => {
    addPasswordOptions(
      command
        .argument("<name>", "the name to sign in with")
        .requiredOption("--role <role>", ROLES.join(", ")),
    );
  },
  input: z.strictObject({ args: z.tuple([z.string()]), role, ...passwordOptions }),
  run: async (session, input) => {
    const { password, isGenerated } = await readPassword(session.terminal, input);
    const parsed = parseInput(createAccountInput, {
      name: input.args[0],
      role: input.role,
      password,
    });
    const account = await createAccount(session.context(), parsed);
    session.terminal.tell(`Added the account ${account.name} (${account.role}).\n`);
    printPassword(session, { password, isGenerated });
    return "done";
  },
});

const setAccount = defineCommand({
  name: "set-account",
  cmdlet: null,
  summary: "change an account's role or password, enable it or disable it",
  notes: "The account's sessions end; its user has to sign in again.",
  examples: [
    "set-account anna --role administrator",
    "set-account anna --disable",
    "set-account anna --ask-password --end-tokens",
  ],
  needsDatabase: true,
  configure: (command) => {
    addPasswordOptions(
      command
        .argument("<name>", "the account")
        .option("--role <role>", ROLES.join(", "))
        .addOption(new Option("--enable", "allow the account to sign in").conflicts("disable"))
        .option("--disable", "do not allow the account to sign in")
        .option("--end-tokens", "end the account's API tokens as well")
        .addOption(
          new Option("--ask-password", "ask for a new password").conflicts([
            "generatePassword",
            "passwordStdin",
          ]),
        ),
    );
  },
  input: z.strictObject({
    args: z.tuple([z.string()]),
    role: role.optional(),
    enable: z.boolean().default(false),
    disable: z.boolean().default(false),
    askPassword: z.boolean().default(false),
    endTokens: z.boolean().default(false),
    ...passwordOptions,
  }),
  run: async (session, input) => {
    const account = pickAccount(await listAccounts(session.context()), input.args[0]);
    const given = wantsPassword(input) ? await readPassword(session.terminal, input) : null;
    const change = {
      ...(input.role === undefined ? {} : { role: input.role }),
      ...(input.enable || input.disable ? { isEnabled: input.enable } : {}),
      ...(given === null ? {} : { password: given.password }),
      ...(input.endTokens ? { endTokens: true } : {}),
    };
    if (Object.keys(change).length === 0) {
      throw new AppError("invalid_input", "Name what to change: --role, --enable, a password…");
    }
    const parsed = parseInput(changeAccountInput, { accountId: account.id, ...change });
    await changeAccount(session.context(), parsed);
    session.terminal.tell(`Changed the account ${account.name}.\n`);
    if (given !== null) {
      printPassword(session, given);
    }
    return "done";
  },
});

const removeAccountCommand = defineCommand({
  name: "remove-account",
  cmdlet: null,
  summary: "remove an account and its tokens; its entries in the audit trail stay",
  examples: ["remove-account anna"],
  needsDatabase: true,
  configure: (command) => {
    addConfirmOptions(command.argument("<name>", "the account"));
  },
  input: z.strictObject({ args: z.tuple([z.string()]), ...confirmOptions }),
  run: async (session, input) => {
    const { terminal } = session;
    const account = pickAccount(await listAccounts(session.context()), input.args[0]);
    return removeConfirmed(terminal, input, {
      whatIfText: `The account ${account.name} would be removed.`,
      question: `Remove the account ${account.name}?`,
      remove: async () => {
        await removeAccount(session.context(), { accountId: account.id });
        terminal.tell(`Removed the account ${account.name}.\n`);
      },
    });
  },
});

export const commands = [getAccount, newAccount, setAccount, removeAccountCommand];

function wantsPassword(input: PasswordOptions & { readonly askPassword: boolean }): boolean {
  return input.askPassword || input.generatePassword || input.passwordStdin;
}

/** Prints only the password on standard output, so that a script can read it from a pipe. */
function printPassword(
  { terminal }: Session,
  { password, isGenerated }: { readonly password: string; readonly isGenerated: boolean },
): void {
  if (isGenerated) {
    terminal.tell("The password, which is shown only once:\n");
    terminal.write(`${password}\n`);
  }
}
