import { z } from "zod";
import type { RegisteredCommand } from "#programs/cli/command";
import { defineCommand } from "#programs/cli/command";
import { addConfirmOptions, confirmOptions, isConfirmed, mustAsk } from "#programs/cli/confirm";
import { everyPage } from "#programs/cli/every-page";
import { column, detail } from "#programs/cli/output/fields";
import type { Field } from "#programs/cli/output/fields";
import { addFormatOptions, formatOptions, printItems } from "#programs/cli/output/format";
import { requirePhones } from "#programs/cli/require-phones";
import { phoneName } from "#fleet/devices/audit-facts";
import type { KnownPhone, RetiredPhone } from "#fleet/devices/model";
import type { ParsedRetireInput, RetirementReport } from "#fleet/devices/retirement";
import { retireInput } from "#fleet/devices/retirement";
import { listRetiredPhones } from "#fleet/devices/server/list-retired-phones";
import { restorePhones } from "#fleet/devices/server/restore-phones";
import { retirePhones } from "#fleet/devices/server/retire-phones";
import { formatMacAddress } from "#foundation/core/mac-address";
import { parseInput } from "#foundation/core/parse-input";
import { searchText } from "#foundation/core/search-text";
import type { UseCaseContext } from "#foundation/core/use-case-context";

const RETIRED_FIELDS: readonly Field<RetiredPhone>[] = [
  column("MacAddress", ({ macAddress }) => macAddress && formatMacAddress(macAddress)),
  column("SerialNumber", (phone) => phone.serialNumber),
  column("Model", (phone) => phone.hardware.model),
  column("LastSeenAt", (phone) => phone.lastSeenAt),
  column("RetiredAt", ({ retirement }) => retirement.at),
  column("RetiredBy", ({ retirement }) => retirement.by),
  column("Reason", ({ retirement }) => retirement.reason),
  detail("Brand", (phone) => phone.hardware.brand),
  detail("Version", (phone) => phone.version),
  detail("Pool", (phone) => phone.poolFqdn),
  detail("Address", (phone) => phone.address),
  detail("Id", (phone) => phone.id),
];

const getRetiredDevice = defineCommand({
  name: "get-retired-device",
  cmdlet: null,
  summary: "show retired phones: those that no other list has, until they check again",
  examples: ["get-retired-device", "get-retired-device 00-04-F2 --list"],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(
      command.argument(
        "[text]",
        "part of a MAC address, serial number, address, user, model or version",
      ),
    );
  },
  input: z.strictObject({ args: z.array(searchText).max(1), ...formatOptions }),
  run: async (session, input) => {
    const q = input.args[0] ?? "";
    const phones = await everyPage(async (page) => {
      const search = { q, sort: "retiredAt", order: "desc", page } as const;
      const found = await listRetiredPhones(session.context(), search);
      return { ...found, items: found.devices };
    });
    printItems(session.terminal, phones, { fields: RETIRED_FIELDS, options: input });
    return "done";
  },
});

type RetirementCommand = {
  readonly name: string;
  readonly summary: string;
  /** The past participle: "12 retired." */
  readonly done: string;
  readonly question: string;
  readonly change: (context: UseCaseContext, input: ParsedRetireInput) => Promise<RetirementReport>;
};

function retirementCommand({
  name,
  summary,
  done,
  question,
  change,
}: RetirementCommand): RegisteredCommand {
  return defineCommand({
    name,
    cmdlet: null,
    summary,
    notes: "A retired phone keeps its checks and its history. It is listed again when it checks.",
    examples: [`${name} 00-04-F2-00-01-76 --reason "replaced"`, `${name} A1B2-77 --what-if`],
    needsDatabase: true,
    configure: (command) => {
      addConfirmOptions(
        command
          .argument("<identifier...>", "MAC address or serial number")
          .option("--reason <text>", "kept in the history of the phone and in the audit trail"),
      );
    },
    input: z.strictObject({
      args: z.array(z.string()).min(1),
      reason: z.string().default(""),
      ...confirmOptions,
    }),
    run: async (session, input) => {
      const { terminal } = session;
      const phones = await requirePhones(session, input.args);
      const list = phones.map((phone) => `  ${nameOf(phone)}\n`).join("");
      if (input.whatIf) {
        terminal.write(`${phones.length} would be ${done}.\n${list}`);
        return "done";
      }
      if (mustAsk(input, { canAsk: terminal.canAsk, isRemoval: true })) {
        terminal.tell(list);
        if (!(await isConfirmed(terminal, question))) {
          return "declined";
        }
      }
      const deviceIds = phones.map(({ id }) => id);
      const parsed = parseInput(retireInput, { deviceIds, reason: input.reason });
      const { changed, skipped } = await change(session.context(), parsed);
      const rest = skipped === 0 ? "" : ` ${skipped} already were.`;
      terminal.write(`${changed} ${done}.${rest}\n${list}`);
      return "done";
    },
  });
}

const retireDevice = retirementCommand({
  name: "retire-device",
  summary: "take phones out of lists, counts and statistics until they check again",
  done: "retired",
  question: "Retire these phones?",
  change: retirePhones,
});

const restoreDevice = retirementCommand({
  name: "restore-device",
  summary: "list retired phones again before they check again",
  done: "restored from retirement",
  question: "Restore these phones from retirement?",
  change: restorePhones,
});

export const commands = [getRetiredDevice, retireDevice, restoreDevice];

function nameOf({ hardware, macAddress, serialNumber }: KnownPhone): string {
  return phoneName({ model: hardware.model, macAddress, serialNumber });
}
