import { Buffer } from "node:buffer";
import { z } from "zod";
import { countOf } from "#programs/cli/output/count-of";
import type { CaptureSettings, CaptureSummary } from "#phones/captures/model";
import { CAPTURE_MODES, CAPTURE_REASONS } from "#phones/captures/model";
import { toRawRequest } from "#phones/captures/raw-request";
import { captureIdInput, removeCapturesInput, setCaptureInput } from "#phones/captures/schema";
import { findCapture } from "#phones/captures/server/find-capture";
import { findCaptureSettings } from "#phones/captures/server/find-capture-settings";
import { listCaptures } from "#phones/captures/server/list-captures";
import { removeCaptures } from "#phones/captures/server/remove-captures";
import { setCapture } from "#phones/captures/server/set-capture";
import { collect, defineCommand } from "#programs/cli/command";
import { addConfirmOptions, confirmOptions, removeConfirmed } from "#programs/cli/confirm";
import { everyPage } from "#programs/cli/every-page";
import type { Field } from "#programs/cli/output/fields";
import { column, detail } from "#programs/cli/output/fields";
import { addFormatOptions, formatOptions, printItems } from "#programs/cli/output/format";
import { parseInput } from "#foundation/core/parse-input";
import { addTimeOptions, timeOptions } from "#programs/cli/common-options";
import { AppError } from "#foundation/core/errors";
import { searchText } from "#foundation/core/search-text";
import { wholeNumberText } from "#foundation/core/whole-number-text";

const CAPTURE_FIELDS: readonly Field<CaptureSummary>[] = [
  column("Id", (capture) => capture.id),
  column("At", (capture) => capture.at),
  column("Reason", (capture) => capture.reason),
  column("Status", (capture) => capture.status),
  column("Method", (capture) => capture.method),
  column("Target", (capture) => capture.target),
  column("Address", (capture) => capture.address),
  detail("Side", (capture) => capture.side),
  detail("Dialect", (capture) => capture.dialect),
  detail("SizeBytes", (capture) => capture.sizeBytes),
  detail("IsTruncated", (capture) => capture.isTruncated),
  detail("DeviceKey", (capture) => capture.deviceKey),
];

const SETTING_FIELDS: readonly Field<CaptureSettings>[] = [
  column("Mode", (settings) => settings.mode),
  column("MaxBodyBytes", (settings) => settings.maxBodyBytes),
  column("MaxCount", (settings) => settings.maxCount),
  column("KeepDays", (settings) => settings.keepDays),
  column("PerMinute", (settings) => settings.perMinute),
];

const getCapture = defineCommand({
  name: "get-capture",
  cmdlet: null,
  summary: "show captured requests, or print one of them as it was received",
  notes: `Without an id, prints a list, newest first. With an id, prints the request as it was received: request
line, headers and body, without its credentials. set-capture switches capturing on.`,
  examples: [
    "get-capture",
    "get-capture --reason unknown_model --reason unparseable",
    "get-capture --from 2026-11-22T08:30Z",
    "get-capture 019ab1c2-3d4e-7f50-8a61-b2c3d4e5f607 > request.http",
  ],
  needsDatabase: true,
  configure: (command) => {
    addTimeOptions(
      addFormatOptions(
        command
          .argument("[id]", "print this request")
          .option("--reason <reason>", `may be repeated: ${CAPTURE_REASONS.join(", ")}`, collect)
          .option("--search <text>", "requests whose address, path or MAC address contains it"),
      ),
    );
  },
  input: z.strictObject({
    args: z.array(z.string()).max(1),
    reason: z.array(z.enum(CAPTURE_REASONS)).default([]),
    search: searchText,
    ...timeOptions,
    ...formatOptions,
  }),
  run: async ({ terminal, context }, input) => {
    const [captureId] = input.args;
    if (captureId === undefined) {
      const captures = await everyPage(async (page) => {
        const { reason, search: q, from, to } = input;
        const search = { q, reason, from, to, sort: "at", order: "desc", page } as const;
        const found = await listCaptures(context(), search);
        return { ...found, items: found.captures };
      });
      printItems(terminal, captures, { fields: CAPTURE_FIELDS, options: input });
      return "done";
    }
    const capture = await findCapture(context(), parseInput(captureIdInput, { captureId }));
    if (capture === null) {
      throw new AppError("not_found", `There is no captured request ${captureId}.`);
    }
    terminal.write(Buffer.from(toRawRequest(capture)).toString("utf8"));
    return "done";
  },
});

const removeCapture = defineCommand({
  name: "remove-capture",
  cmdlet: null,
  summary: "delete captured requests",
  examples: ["remove-capture 019ab1c2-3d4e-7f50-8a61-b2c3d4e5f607", "remove-capture --all --force"],
  needsDatabase: true,
  configure: (command) => {
    addConfirmOptions(
      command.argument("[id...]", "requests to delete").option("--all", "every request"),
    );
  },
  input: z.strictObject({
    args: z.array(z.string()),
    all: z.boolean().default(false),
    ...confirmOptions,
  }),
  run: async ({ terminal, context }, input) => {
    if (input.all === input.args.length > 0) {
      throw new AppError("invalid_input", "Name the requests to delete, or give --all.");
    }
    const chosen = parseInput(
      removeCapturesInput,
      input.all ? { every: true } : { captureIds: input.args },
    );
    const what = input.all
      ? "every captured request"
      : countOf(input.args.length, "captured request");
    return removeConfirmed(terminal, input, {
      whatIfText: `This would delete ${what}.`,
      question: `Delete ${what}?`,
      remove: async () => {
        const { removed } = await removeCaptures(context(), chosen);
        if (removed === 0 && !input.all) {
          throw new AppError("not_found", "There is no such captured request.");
        }
        terminal.write(`${removed} deleted.\n`);
      },
    });
  },
});

const number = wholeNumberText.optional();

const setCaptureCommand = defineCommand({
  name: "set-capture",
  cmdlet: null,
  summary: "switch capturing of requests on or off, and limit what is kept",
  notes: `"failing" keeps requests that cannot be read, of unknown models, without a matching rule, or refused;
"all" keeps every request. Requests may identify the user of a phone: switch capturing off when it is
no longer needed. Without options, prints the settings. A change applies to every process at once and is
recorded in the audit trail.`,
  examples: ["set-capture", "set-capture --mode failing", "set-capture --mode off"],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(
      command
        .option("--mode <mode>", CAPTURE_MODES.join(", "))
        .option("--max-body-bytes <number>", "the size at which a body is cut off")
        .option("--max-count <number>", "the most requests to keep; the oldest are deleted")
        .option("--keep-days <number>", "the days after which requests are deleted")
        .option("--per-minute <number>", "the most requests to keep per minute"),
    );
  },
  input: z.strictObject({
    args: z.array(z.string()).length(0),
    mode: z.enum(CAPTURE_MODES).optional(),
    maxBodyBytes: number,
    maxCount: number,
    keepDays: number,
    perMinute: number,
    ...formatOptions,
  }),
  run: async ({ terminal, context }, { args: _args, json, csv, list, ...wishes }) => {
    const { settings, changed } = await findCaptureSettings(context());
    const wished = Object.entries(wishes).filter(([, value]) => value !== undefined);
    const { settings: wanted, seenAt } = parseInput(setCaptureInput, {
      settings: { ...settings, ...Object.fromEntries(wished) },
      seenAt: changed?.at.toISOString() ?? null,
    });
    if (wished.length > 0) {
      await setCapture(context(), { settings: wanted, seenAt });
    }
    printItems(terminal, [wanted], {
      fields: SETTING_FIELDS,
      options: { json, csv, list },
    });
    return "done";
  },
});

export const commands = [getCapture, removeCapture, setCaptureCommand];
