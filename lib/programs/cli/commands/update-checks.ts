import { z } from "zod";
import { collect, defineCommand } from "#programs/cli/command";
import { parsePoolName } from "#programs/cli/identity";
import { lastOption, addTimeOptions, timeOptions } from "#programs/cli/common-options";
import type { Field } from "#programs/cli/output/fields";
import { column, detail } from "#programs/cli/output/fields";
import { addFormatOptions, formatOptions, printItems } from "#programs/cli/output/format";
import type { CheckEntry } from "#phones/check-log/check-row";
import { everyCheck } from "#phones/check-log/server/list-checks";
import { formatMacAddress } from "#foundation/core/mac-address";
import { filterValue, searchText } from "#foundation/core/search-text";
import { CHECK_OUTCOMES, DIALECTS, RECORDED_TRIGGERS, SIDES, VERDICTS } from "#fleet/devices/model";

const CHECK_FIELDS: readonly Field<CheckEntry>[] = [
  column("At", (check) => check.at),
  column("MacAddress", ({ macAddress }) => macAddress && formatMacAddress(macAddress)),
  column("SerialNumber", (check) => check.serialNumber),
  column("Model", (check) => check.hardware.model),
  column("Outcome", (check) => check.outcome),
  column("Reported", ({ requested }) => requested.map(({ version }) => version)),
  column("Offered", ({ offered }) => offered.map(({ version }) => version)),
  column("Address", (check) => check.address),
  detail("Reasons", ({ judgements }) =>
    judgements.map(({ updateType, verdict }) => `${updateType} ${verdict}`),
  ),
  detail("Refusal", (check) => check.refusal),
  detail("Side", (check) => check.side),
  detail("Dialect", (check) => check.dialect),
  detail("Pool", (check) => check.poolFqdn),
  detail("DeviceType", (check) => check.hardware.deviceType),
  detail("Brand", (check) => check.hardware.brand),
  detail("Revision", (check) => check.hardware.revision),
  detail("Locale", (check) => check.hardware.locale),
  detail("User", (check) => check.userName),
  detail("Trigger", (check) => check.trigger),
];

const getUpdateCheck = defineCommand({
  name: "get-update-check",
  cmdlet: null,
  summary: "show the check log: what phones reported, and what they were offered",
  notes: `Latest first; 100 checks unless --last is given. Outcomes: ${CHECK_OUTCOMES.join(", ")}. Verdicts: ${VERDICTS.join(", ")}.`,
  examples: [
    "get-update-check 00-04-F2-00-01-76 --list",
    "get-update-check --outcome offered --from 2026-11-22 --last 1000 --csv > offered.csv",
  ],
  needsDatabase: true,
  configure: (command) => {
    addTimeOptions(
      addFormatOptions(
        command
          .argument("[text]", "a MAC address, or part of a serial number, address or user")
          .option("--last <number>", "the number of latest checks to show")
          .option("--model <model>", "checks of phones of this model; may be repeated", collect)
          .option("--pool <pool>", "checks at this pool; may be repeated", collect)
          .option("--outcome <outcome>", "checks with this outcome; may be repeated", collect)
          .option(
            "--verdict <verdict>",
            "checks with this verdict on a rule; may be repeated",
            collect,
          )
          .option("--side <side>", SIDES.join(" or "), collect)
          .option("--dialect <dialect>", DIALECTS.join(" or "), collect)
          .option(
            "--trigger <trigger>",
            `what caused the entry: ${RECORDED_TRIGGERS.join(", ")}`,
            collect,
          ),
      ),
    );
  },
  input: z.strictObject({
    args: z.array(searchText).max(1),
    last: lastOption(100),
    model: z.array(filterValue).default([]),
    pool: z.array(filterValue).default([]),
    outcome: z.array(z.enum(CHECK_OUTCOMES)).default([]),
    verdict: z.array(z.enum(VERDICTS)).default([]),
    side: z.array(z.enum(SIDES)).default([]),
    dialect: z.array(z.enum(DIALECTS)).default([]),
    trigger: z.array(z.enum(RECORDED_TRIGGERS)).default([]),
    ...timeOptions,
    ...formatOptions,
  }),
  run: async ({ terminal, context }, input) => {
    const checks: CheckEntry[] = [];
    const { model, outcome, verdict, side, dialect, trigger, from, to } = input;
    const pool = input.pool.map(parsePoolName);
    const q = input.args[0] ?? "";
    const filter = { q, model, pool, outcome, verdict, side, dialect, trigger, from, to };
    for await (const batch of everyCheck(context(), filter)) {
      checks.push(...batch);
      if (checks.length >= input.last) {
        break;
      }
    }
    printItems(terminal, checks.slice(0, input.last), {
      fields: CHECK_FIELDS,
      options: input,
    });
    return "done";
  },
});

export const commands = [getUpdateCheck];
