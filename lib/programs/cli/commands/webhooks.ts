import { Option } from "commander";
import { z } from "zod";
import type { LoggedMessage, Webhook } from "#access/notifications/model";
import {
  changeWebhookInput,
  createWebhookInput,
  replayMessageInput,
  webhookIdInput,
} from "#access/notifications/schema";
import { changeWebhook } from "#access/notifications/server/change-webhook";
import { createWebhook } from "#access/notifications/server/create-webhook";
import { listMessages } from "#access/notifications/server/list-messages";
import { listWebhooks } from "#access/notifications/server/list-webhooks";
import { removeWebhook } from "#access/notifications/server/remove-webhook";
import { replayMessage } from "#access/notifications/server/replay-message";
import { rotateWebhookSecret } from "#access/notifications/server/rotate-webhook-secret";
import { testWebhook } from "#access/notifications/server/test-webhook";
import { AppError } from "#foundation/core/errors";
import { parseInput } from "#foundation/core/parse-input";
import { NOTICE_KINDS } from "#foundation/notices/model";
import { collect, defineCommand } from "#programs/cli/command";
import { tokenRemoval } from "#programs/cli/token-commands";
import type { Field } from "#programs/cli/output/fields";
import { column, detail } from "#programs/cli/output/fields";
import {
  addFormatOptions,
  formatJson,
  formatOptions,
  printItems,
  toJsonObject,
} from "#programs/cli/output/format";

const WEBHOOK_FIELDS: readonly Field<Webhook>[] = [
  column("Id", ({ id }) => id),
  column("Name", ({ name }) => name),
  column("Url", ({ url }) => url),
  column("Enabled", ({ isEnabled }) => isEnabled),
  detail("Kinds", ({ kinds }) => kinds),
  detail("CreatedAt", ({ createdAt }) => createdAt),
  detail("CreatedBy", ({ createdBy }) => createdBy),
];

const MESSAGE_FIELDS: readonly Field<LoggedMessage>[] = [
  column("Id", ({ id }) => id),
  column("Channel", ({ channel }) => channel),
  column("Receiver", ({ receiver }) => receiver),
  column("Kinds", ({ kinds }) => kinds),
  column("State", ({ state }) => state),
  column("Attempts", ({ attempts }) => attempts),
  column("Status", ({ status }) => status),
  column("Problem", ({ problem }) => problem),
  detail("Detail", (message) => message.detail),
  detail("CreatedAt", ({ createdAt }) => createdAt),
  detail("NextAttemptAt", ({ nextAttemptAt }) => nextAttemptAt),
];

const NO_ARGUMENTS = z.array(z.string()).length(0);
const ONE_ARGUMENT = z.tuple([z.string()]);

const getWebhook = defineCommand({
  name: "get-webhook",
  cmdlet: null,
  summary: "show the webhooks, to which events are sent",
  examples: ["get-webhook", "get-webhook --json"],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(command);
  },
  input: z.strictObject({ args: NO_ARGUMENTS, ...formatOptions }),
  run: async ({ terminal, context }, input) => {
    printItems(terminal, await listWebhooks(context()), { fields: WEBHOOK_FIELDS, options: input });
    return "done";
  },
});

const newWebhook = defineCommand({
  name: "new-webhook",
  cmdlet: null,
  summary: "create a webhook; its secret is printed once",
  notes: `Only the secret is printed on standard output. Kinds: ${NOTICE_KINDS.join(", ")}.`,
  examples: [
    "new-webhook --name chat --url https://chat.contoso.com/hooks/updates > secret.txt",
    "new-webhook --name alarms --url https://alarm.contoso.com/in --kind brake --kind disk_low",
  ],
  needsDatabase: true,
  configure: (command) => {
    command
      .requiredOption("--name <name>", "a name that tells what receives the events")
      .requiredOption("--url <url>", "where events are sent")
      .option("--kind <kind>", "send only this kind; can be repeated", collect)
      .option("--json", "print the webhook and its secret as JSON");
  },
  input: z.strictObject({
    args: NO_ARGUMENTS,
    name: z.string(),
    url: z.string(),
    kind: z.array(z.enum(NOTICE_KINDS)).optional(),
    json: z.boolean().default(false),
  }),
  run: async ({ terminal, context }, { name, url, kind, json }) => {
    const input = parseInput(createWebhookInput, { name, url, kinds: kind ?? NOTICE_KINDS });
    const { webhook, secret } = await createWebhook(context(), input);
    if (json) {
      terminal.write(formatJson({ ...toJsonObject(webhook, WEBHOOK_FIELDS), secret }));
    } else {
      terminal.tell(`Created the webhook ${name}. The secret, which is shown only once:\n`);
      terminal.write(`${secret}\n`);
    }
    return "done";
  },
});

const setWebhook = defineCommand({
  name: "set-webhook",
  cmdlet: null,
  summary: "change a webhook; settings that are not given stay unchanged",
  notes: `--kind replaces all kinds. Kinds: ${NOTICE_KINDS.join(", ")}.`,
  examples: [
    "set-webhook 019ab1c2-3d4e-7f50-8a61-b2c3d4e5f607 --disable",
    "set-webhook 019ab1c2-3d4e-7f50-8a61-b2c3d4e5f607 --kind brake --kind disk_low",
  ],
  needsDatabase: true,
  configure: (command) => {
    command
      .argument("<id>", "the webhook's id, as get-webhook shows it")
      .option("--name <name>", "a new name")
      .option("--url <url>", "where events are sent")
      .option("--kind <kind>", "send only this kind; can be repeated", collect)
      .addOption(new Option("--enable", "send events again").conflicts("disable"))
      .option("--disable", "send no events until it is enabled");
  },
  input: z.strictObject({
    args: ONE_ARGUMENT,
    name: z.string().optional(),
    url: z.string().optional(),
    kind: z.array(z.enum(NOTICE_KINDS)).optional(),
    enable: z.boolean().default(false),
    disable: z.boolean().default(false),
  }),
  run: async ({ terminal, context }, { args: [webhookId], name, url, kind, enable, disable }) => {
    const change = {
      ...(name === undefined ? {} : { name }),
      ...(url === undefined ? {} : { url }),
      ...(kind === undefined ? {} : { kinds: kind }),
      ...(enable || disable ? { isEnabled: enable } : {}),
    };
    if (Object.keys(change).length === 0) {
      throw new AppError("invalid_input", "Name at least one setting to change.");
    }
    await changeWebhook(context(), parseInput(changeWebhookInput, { webhookId, ...change }));
    terminal.tell("Changed the webhook.\n");
    return "done";
  },
});

const rotateSecret = defineCommand({
  name: "rotate-webhook-secret",
  cmdlet: null,
  summary: "replace the secret of a webhook; the new one is printed once",
  notes:
    "Only the secret is printed on standard output. For a day, messages carry signatures with both secrets.",
  examples: ["rotate-webhook-secret 019ab1c2-3d4e-7f50-8a61-b2c3d4e5f607 > secret.txt"],
  needsDatabase: true,
  configure: (command) => {
    command.argument("<id>", "the webhook's id, as get-webhook shows it");
  },
  input: z.strictObject({ args: ONE_ARGUMENT }),
  run: async ({ terminal, context }, { args: [webhookId] }) => {
    const { secret } = await rotateWebhookSecret(
      context(),
      parseInput(webhookIdInput, { webhookId }),
    );
    terminal.tell("Replaced the secret. The new one, which is shown only once:\n");
    terminal.write(`${secret}\n`);
    return "done";
  },
});

const testWebhookCommand = defineCommand({
  name: "test-webhook",
  cmdlet: null,
  summary: "send a test message to a webhook, and show the answer",
  examples: ["test-webhook 019ab1c2-3d4e-7f50-8a61-b2c3d4e5f607"],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(command.argument("<id>", "the webhook's id, as get-webhook shows it"));
  },
  input: z.strictObject({ args: ONE_ARGUMENT, ...formatOptions }),
  run: async ({ terminal, context }, input) => {
    const { webhookId } = parseInput(webhookIdInput, { webhookId: input.args[0] });
    const message = await testWebhook(context(), { webhookId });
    printItems(terminal, [message], { fields: MESSAGE_FIELDS, options: input });
    return message.state === "delivered" ? "done" : "some_failed";
  },
});

const removeWebhookCommand = tokenRemoval({
  command: "remove-webhook",
  summary: "remove a webhook with its delivery log",
  listedBy: "get-webhook",
  kind: "webhook",
  list: listWebhooks,
  nameOf: ({ name }) => `the webhook ${name}`,
  revoke: (context, { tokenId }) => removeWebhook(context, { webhookId: tokenId }),
});

const getNotification = defineCommand({
  name: "get-notification",
  cmdlet: null,
  summary: "show the newest 100 messages to people and webhooks, and whether they were delivered",
  examples: ["get-notification", "get-notification --json"],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(command);
  },
  input: z.strictObject({ args: NO_ARGUMENTS, ...formatOptions }),
  run: async ({ terminal, context }, input) => {
    const messages = await listMessages(context(), {});
    printItems(terminal, messages, { fields: MESSAGE_FIELDS, options: input });
    return "done";
  },
});

const replayNotification = defineCommand({
  name: "replay-notification",
  cmdlet: null,
  summary: "send a message again, with the same id",
  examples: ["replay-notification 019ab1c2-3d4e-7f50-8a61-b2c3d4e5f607"],
  needsDatabase: true,
  configure: (command) => {
    command.argument("<id>", "the message's id, as get-notification shows it");
  },
  input: z.strictObject({ args: ONE_ARGUMENT }),
  run: async ({ terminal, context }, input) => {
    await replayMessage(context(), parseInput(replayMessageInput, { messageId: input.args[0] }));
    terminal.tell("The message is sent again by the running service.\n");
    return "done";
  },
});

export const commands = [
  getWebhook,
  newWebhook,
  setWebhook,
  rotateSecret,
  testWebhookCommand,
  removeWebhookCommand,
  getNotification,
  replayNotification,
];
