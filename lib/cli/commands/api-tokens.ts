import { Option } from "commander";
import { z } from "zod";
import type { ApiToken } from "#lib/accounts/model";
import { accountKey } from "#lib/accounts/model";
import { createApiTokenForInput } from "#lib/accounts/schema";
import { createApiTokenFor } from "#lib/accounts/server/create-api-token-for";
import { listApiTokens } from "#lib/accounts/server/list-api-tokens";
import { revokeApiToken } from "#lib/accounts/server/revoke-api-token";
import { defineCommand } from "#lib/cli/command";
import { addConfirmOptions, confirmOptions, isConfirmed, mustAsk } from "#lib/cli/confirm";
import type { Field } from "#lib/cli/output/fields";
import { column } from "#lib/cli/output/fields";
import { addFormatOptions, chosenFormat, formatOptions, printItems } from "#lib/cli/output/format";
import { formatJson, toJsonObject } from "#lib/cli/output/json";
import { parseInput } from "#lib/cli/parse-input";
import { AppError } from "#lib/core/errors";

const TOKEN_FIELDS: readonly Field<ApiToken>[] = [
  column("Id", (token) => token.id),
  column("Account", (token) => token.accountName),
  column("Name", (token) => token.name),
  column("CreatedAt", (token) => token.createdAt),
  column("ExpiresAt", (token) => token.expiresAt),
  column("LastUsedAt", (token) => token.lastUsedAt),
];

const getApiToken = defineCommand({
  name: "get-api-token",
  cmdlet: null,
  summary: "show the tokens with which scripts act for accounts",
  examples: ["get-api-token", "get-api-token --account anna"],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(command.option("--account <name>", "the tokens of this account alone"));
  },
  input: z.strictObject({
    args: z.array(z.string()).length(0),
    account: z.string().optional(),
    ...formatOptions,
  }),
  run: async (session, input) => {
    const key = input.account === undefined ? null : accountKey(input.account);
    const all = await listApiTokens(session.context());
    const tokens = all.filter(({ accountName }) => key === null || accountKey(accountName) === key);
    printItems(session.terminal, tokens, { fields: TOKEN_FIELDS, format: chosenFormat(input) });
    return "done";
  },
});

const newApiToken = defineCommand({
  name: "new-api-token",
  cmdlet: null,
  summary: "make a token with which a script acts for an account; printed once",
  notes: "The secret alone is printed on standard output.",
  examples: [
    "new-api-token --account anna --name nightly-import --keep-days 365",
    "new-api-token --account anna --name monitoring --never-expires > token.txt",
  ],
  needsDatabase: true,
  configure: (command) => {
    command
      .requiredOption("--account <name>", "for whom it acts")
      .requiredOption("--name <name>", "what it is for")
      .addOption(
        new Option("--keep-days <days>", "until it ends (90 if nothing is said)").conflicts(
          "neverExpires",
        ),
      )
      .option("--never-expires", "works until it is removed")
      .option("--json", "print the token and its secret as JSON");
  },
  input: z.strictObject({
    args: z.array(z.string()).length(0),
    account: z.string(),
    name: z.string(),
    keepDays: z.coerce.number("A number of days.").default(90),
    neverExpires: z.boolean().default(false),
    json: z.boolean().default(false),
  }),
  run: async ({ terminal, context }, input) => {
    const parsed = parseInput(createApiTokenForInput, {
      accountName: input.account,
      name: input.name,
      keepDays: input.neverExpires ? null : input.keepDays,
    });
    const { token, secret } = await createApiTokenFor(context(), parsed);
    if (input.json) {
      terminal.write(formatJson({ ...toJsonObject(token, TOKEN_FIELDS), secret }));
      return "done";
    }
    terminal.tell(`Made the token ${token.name} for ${token.accountName}; shown only now:\n`);
    terminal.write(`${secret}\n`);
    return "done";
  },
});

const removeApiToken = defineCommand({
  name: "remove-api-token",
  cmdlet: null,
  summary: "make a token stop working",
  examples: ["remove-api-token 019ab1c2-3d4e-7f50-8a61-b2c3d4e5f607"],
  needsDatabase: true,
  configure: (command) => {
    addConfirmOptions(command.argument("<id>", "the token's id, as get-api-token shows it"));
  },
  input: z.strictObject({ args: z.tuple([z.string()]), ...confirmOptions }),
  run: async (session, input) => {
    const { terminal } = session;
    const id = input.args[0].toLowerCase();
    const token = (await listApiTokens(session.context())).find((known) => known.id === id);
    if (token === undefined) {
      throw new AppError("not_found", `There is no token ${id}.`);
    }
    const name = `the token ${token.name} of ${token.accountName}`;
    if (input.whatIf) {
      terminal.write(`Would remove ${name}.\n`);
      return "done";
    }
    const isAsking = mustAsk(input, { canAsk: terminal.canAsk, isRemoval: true });
    if (isAsking && !(await isConfirmed(terminal, `Remove ${name}?`))) {
      return "declined";
    }
    await revokeApiToken(session.context(), { tokenId: id });
    terminal.tell(`Removed ${name}.\n`);
    return "done";
  },
});

export const apiTokenCommands = [getApiToken, newApiToken, removeApiToken];
