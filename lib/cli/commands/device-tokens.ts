import { Option } from "commander";
import { z } from "zod";
import { defineCommand } from "#lib/cli/command";
import { addConfirmOptions, confirmOptions, isConfirmed, mustAsk } from "#lib/cli/confirm";
import type { Field } from "#lib/cli/output/fields";
import { column } from "#lib/cli/output/fields";
import { addFormatOptions, chosenFormat, formatOptions, printItems } from "#lib/cli/output/format";
import { formatJson, toJsonObject } from "#lib/cli/output/json";
import { parseInput } from "#lib/cli/parse-input";
import { AppError } from "#lib/core/errors";
import { formatMacAddress } from "#lib/core/mac-address";
import type { DeviceToken } from "#lib/device-tokens/model";
import { createDeviceTokenInput } from "#lib/device-tokens/schema";
import { createDeviceToken } from "#lib/device-tokens/server/create-device-token";
import { listDeviceTokens } from "#lib/device-tokens/server/list-device-tokens";
import { revokeDeviceToken } from "#lib/device-tokens/server/revoke-device-token";

const TOKEN_FIELDS: readonly Field<DeviceToken>[] = [
  column("Id", (token) => token.id),
  column("Name", (token) => token.name),
  column("MacAddress", ({ macAddress }) =>
    macAddress === null ? null : formatMacAddress(macAddress),
  ),
  column("CreatedAt", (token) => token.createdAt),
  column("ExpiresAt", (token) => token.expiresAt),
  column("LastUsedAt", (token) => token.lastUsedAt),
];

const getDeviceToken = defineCommand({
  name: "get-device-token",
  cmdlet: null,
  summary: "show the tokens with which phones outside the firewall are let in",
  examples: ["get-device-token", "get-device-token --json"],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(command);
  },
  input: z.strictObject({ args: z.array(z.string()).length(0), ...formatOptions }),
  run: async (session, input) => {
    const tokens = await listDeviceTokens(session.context());
    printItems(session.terminal, tokens, { fields: TOKEN_FIELDS, format: chosenFormat(input) });
    return "done";
  },
});

const newDeviceToken = defineCommand({
  name: "new-device-token",
  cmdlet: null,
  summary: "make a token with which a phone outside is let in; printed once",
  notes: "The secret alone is printed on standard output.",
  examples: [
    "new-device-token --name lobby --mac-address 00-04-F2-00-01-76",
    "new-device-token --name warehouse --never-expires > token.txt",
  ],
  needsDatabase: true,
  configure: (command) => {
    command
      .requiredOption("--name <name>", "which phones it is for")
      .option("--mac-address <address>", "the one phone that may use it")
      .addOption(
        new Option("--keep-days <days>", "until it ends (365 if nothing is said)").conflicts(
          "neverExpires",
        ),
      )
      .option("--never-expires", "works until it is removed")
      .option("--json", "print the token and its secret as JSON");
  },
  input: z.strictObject({
    args: z.array(z.string()).length(0),
    name: z.string(),
    macAddress: z.string().optional(),
    keepDays: z.coerce.number("A number of days.").default(365),
    neverExpires: z.boolean().default(false),
    json: z.boolean().default(false),
  }),
  run: async ({ terminal, context }, input) => {
    const parsed = parseInput(createDeviceTokenInput, {
      name: input.name,
      macAddress: input.macAddress ?? null,
      keepDays: input.neverExpires ? null : input.keepDays,
    });
    const { token, secret } = await createDeviceToken(context(), parsed);
    if (input.json) {
      terminal.write(formatJson({ ...toJsonObject(token, TOKEN_FIELDS), secret }));
      return "done";
    }
    terminal.tell(`Made the device token ${token.name}; shown only now:\n`);
    terminal.write(`${secret}\n`);
    return "done";
  },
});

const removeDeviceToken = defineCommand({
  name: "remove-device-token",
  cmdlet: null,
  summary: "refuse the phones that bring a token from now on",
  examples: ["remove-device-token 019ab1c2-3d4e-7f50-8a61-b2c3d4e5f607"],
  needsDatabase: true,
  configure: (command) => {
    addConfirmOptions(command.argument("<id>", "the token's id, as get-device-token shows it"));
  },
  input: z.strictObject({ args: z.tuple([z.string()]), ...confirmOptions }),
  run: async (session, input) => {
    const { terminal } = session;
    const id = input.args[0].toLowerCase();
    const token = (await listDeviceTokens(session.context())).find((known) => known.id === id);
    if (token === undefined) {
      throw new AppError("not_found", `There is no device token ${id}.`);
    }
    const name = `the device token ${token.name}`;
    if (input.whatIf) {
      terminal.write(`Would remove ${name}.\n`);
      return "done";
    }
    const isAsking = mustAsk(input, { canAsk: terminal.canAsk, isRemoval: true });
    if (isAsking && !(await isConfirmed(terminal, `Remove ${name}?`))) {
      return "declined";
    }
    await revokeDeviceToken(session.context(), { tokenId: id });
    terminal.tell(`Removed ${name}.\n`);
    return "done";
  },
});

export const deviceTokenCommands = [getDeviceToken, newDeviceToken, removeDeviceToken];
