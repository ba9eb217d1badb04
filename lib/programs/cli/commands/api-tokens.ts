import { z } from "zod";
import type { ApiToken } from "#access/accounts/model";
import { createApiTokenForInput } from "#access/accounts/schema";
import { createApiTokenFor } from "#access/accounts/server/create-api-token-for";
import { listAccounts } from "#access/accounts/server/list-accounts";
import { listApiTokens } from "#access/accounts/server/list-api-tokens";
import { revokeApiToken } from "#access/accounts/server/revoke-api-token";
import { pickAccount } from "#programs/cli/pick-account";
import { defineCommand } from "#programs/cli/command";
import type { Field } from "#programs/cli/output/fields";
import { column } from "#programs/cli/output/fields";
import { addFormatOptions, formatOptions, printItems } from "#programs/cli/output/format";
import { parseInput } from "#foundation/core/parse-input";
import {
  NEW_TOKEN_NOTES,
  TOKEN_TIMES,
  addNewTokenOptions,
  chosenKeepDays,
  newTokenOptions,
  printNewToken,
  tokenRemoval,
} from "#programs/cli/token-commands";

const TOKEN_FIELDS: readonly Field<ApiToken>[] = [
  column("Id", (token) => token.id),
  column("Account", (token) => token.accountName),
  column("Name", (token) => token.name),
  ...TOKEN_TIMES,
];

const getApiToken = defineCommand({
  name: "get-api-token",
  cmdlet: null,
  summary: "show the API tokens, with which scripts act for accounts",
  examples: ["get-api-token", "get-api-token --account anna"],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(command.option("--account <name>", "only the tokens of this account"));
  },
  input: z.strictObject({
    args: z.array(z.string()).length(0),
    account: z.string().optional(),
    ...formatOptions,
  }),
  run: async (session, input) => {
    const account =
      input.account === undefined
        ? null
        : pickAccount(await listAccounts(session.context()), input.account);
    const all = await listApiTokens(session.context());
    const tokens = all.filter(
      ({ accountName }) => account === null || accountName === account.name,
    );
    printItems(session.terminal, tokens, { fields: TOKEN_FIELDS, options: input });
    return "done";
  },
});

const newApiToken = defineCommand({
  name: "new-api-token",
  cmdlet: null,
  summary: "create an API token, with which a script acts for an account; printed once",
  notes: NEW_TOKEN_NOTES,
  examples: [
    "new-api-token --account anna --name nightly-import --keep-days 365",
    "new-api-token --account anna --name monitoring --never-expires > token.txt",
  ],
  needsDatabase: true,
  configure: (command) => {
    addNewTokenOptions(
      command
        .requiredOption("--account <name>", "the account it acts for")
        .requiredOption("--name <name>", "what it is for"),
      90,
    );
  },
  input: z.strictObject({
    args: z.array(z.string()).length(0),
    account: z.string(),
    name: z.string(),
    ...newTokenOptions(90),
  }),
  run: async ({ terminal, context }, input) => {
    const parsed = parseInput(createApiTokenForInput, {
      accountName: input.account,
      name: input.name,
      keepDays: chosenKeepDays(input),
    });
    const { token, secret } = await createApiTokenFor(context(), parsed);
    const name = `the token ${token.name} for ${token.accountName}`;
    printNewToken({ terminal, isJson: input.json }, { token, secret, fields: TOKEN_FIELDS, name });
    return "done";
  },
});

const removeApiToken = tokenRemoval({
  command: "remove-api-token",
  summary: "remove an API token; it stops working at once",
  listedBy: "get-api-token",
  kind: "token",
  list: listApiTokens,
  nameOf: tokenName,
  revoke: revokeApiToken,
});

export const commands = [getApiToken, newApiToken, removeApiToken];

function tokenName({ name, accountName }: Pick<ApiToken, "name" | "accountName">): string {
  return `the token ${name} of ${accountName}`;
}
