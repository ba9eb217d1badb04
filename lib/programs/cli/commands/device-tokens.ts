import { z } from "zod";
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
import { formatMacAddress } from "#foundation/core/mac-address";
import type { DeviceToken } from "#access/device-tokens/model";
import { createDeviceTokenInput } from "#access/device-tokens/schema";
import { createDeviceToken } from "#access/device-tokens/server/create-device-token";
import { listDeviceTokens } from "#access/device-tokens/server/list-device-tokens";
import { revokeDeviceToken } from "#access/device-tokens/server/revoke-device-token";

const TOKEN_FIELDS: readonly Field<DeviceToken>[] = [
  column("Id", (token) => token.id),
  column("Name", (token) => token.name),
  column("MacAddress", ({ macAddress }) =>
    macAddress === null ? null : formatMacAddress(macAddress),
  ),
  ...TOKEN_TIMES,
];

const getDeviceToken = defineCommand({
  name: "get-device-token",
  cmdlet: null,
  summary: "show the device tokens, with which phones outside the firewall authenticate",
  examples: ["get-device-token", "get-device-token --json"],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(command);
  },
  input: z.strictObject({ args: z.array(z.string()).length(0), ...formatOptions }),
  run: async (session, input) => {
    const tokens = await listDeviceTokens(session.context());
    printItems(session.terminal, tokens, { fields: TOKEN_FIELDS, options: input });
    return "done";
  },
});

const newDeviceToken = defineCommand({
  name: "new-device-token",
  cmdlet: null,
  summary: "create a device token, with which a phone outside authenticates; printed once",
  notes: NEW_TOKEN_NOTES,
  examples: [
    "new-device-token --name lobby --mac-address 00-04-F2-00-01-76",
    "new-device-token --name warehouse --never-expires > token.txt",
  ],
  needsDatabase: true,
  configure: (command) => {
    addNewTokenOptions(
      command
        .requiredOption("--name <name>", "a name that tells which phones it is for")
        .option("--mac-address <address>", "the only phone that may use it"),
      365,
    );
  },
  input: z.strictObject({
    args: z.array(z.string()).length(0),
    name: z.string(),
    macAddress: z.string().optional(),
    ...newTokenOptions(365),
  }),
  run: async ({ terminal, context }, input) => {
    const parsed = parseInput(createDeviceTokenInput, {
      name: input.name,
      macAddress: input.macAddress ?? null,
      keepDays: chosenKeepDays(input),
    });
    const { token, secret } = await createDeviceToken(context(), parsed);
    printNewToken(
      { terminal, isJson: input.json },
      { token, secret, fields: TOKEN_FIELDS, name: tokenName(token) },
    );
    return "done";
  },
});

const removeDeviceToken = tokenRemoval({
  command: "remove-device-token",
  summary: "remove a device token; phones that use it are refused",
  listedBy: "get-device-token",
  kind: "device token",
  list: listDeviceTokens,
  nameOf: tokenName,
  revoke: revokeDeviceToken,
});

export const commands = [getDeviceToken, newDeviceToken, removeDeviceToken];

function tokenName({ name }: Pick<DeviceToken, "name">): string {
  return `the device token ${name}`;
}
