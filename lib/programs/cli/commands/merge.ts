import { z } from "zod";
import { defineCommand } from "#programs/cli/command";
import { addConfirmOptions, confirmOptions, isConfirmed, mustAsk } from "#programs/cli/confirm";
import { countOf } from "#programs/cli/output/count-of";
import { requirePhones } from "#programs/cli/require-phones";
import { phoneName } from "#fleet/devices/audit-facts";
import { AppError } from "#foundation/core/errors";
import { parseInput } from "#foundation/core/parse-input";
import type { MergePreview } from "#phones/merges/model";
import type { MergeCandidate, MergeObstacle } from "#phones/merges/decide-merge";
import { mergeInput, previewMergeInput } from "#phones/merges/schema";
import { mergePhones, previewMerge } from "#phones/merges/server/merge-phones";

const OBSTACLES = {
  same_row: "name two different phones",
  other_brand: "they are phones of two brands",
  other_model: "they are phones of two models",
  both_check: "both MAC addresses checked in the same period, so they are two phones",
} as const satisfies Record<MergeObstacle, string>;

const mergeDevice = defineCommand({
  name: "merge-device",
  cmdlet: null,
  summary: "merge two rows of the inventory that are one phone",
  notes: `The row with a MAC address stays, or the one that checked last. Checks, logs, history, test devices and
suspended offers of the other row go to it. This cannot be undone.`,
  examples: [
    "merge-device 00-04-F2-00-01-76 00-04-F2-00-01-77 --what-if",
    "merge-device A1B2-77 --what-if",
  ],
  needsDatabase: true,
  configure: (command) => {
    addConfirmOptions(
      command
        .argument("<identifier...>", "MAC addresses or serial numbers that together name two rows")
        .option("--reason <text>", "kept in the history of the phone and in the audit trail"),
    );
  },
  input: z.strictObject({
    args: z.array(z.string()).min(1).max(2),
    reason: z.string().default(""),
    ...confirmOptions,
  }),
  run: async (session, input) => {
    const { terminal } = session;
    const phones = await requirePhones(session, input.args);
    if (phones.length !== 2) {
      const message = `These identifiers name ${phones.length} rows; a merge needs two.`;
      throw new AppError("invalid_input", message);
    }
    const { deviceIds } = parseInput(previewMergeInput, {
      deviceIds: phones.map(({ id }) => id),
    });
    const preview = await previewMerge(session.context(), { deviceIds });
    if (input.whatIf) {
      terminal.write(describe(preview));
      return "done";
    }
    if (mustAsk(input, { canAsk: terminal.canAsk, isRemoval: true })) {
      terminal.tell(describe(preview));
      if (!(await isConfirmed(terminal, "Merge these rows?"))) {
        return "declined";
      }
    }
    const { reason } = input;
    const parsed = parseInput(mergeInput, { deviceIds, keptId: preview.kept.id, reason });
    await mergePhones(session.context(), parsed);
    terminal.write(`Merged.\n${describe(preview)}`);
    return "done";
  },
});

export const commands = [mergeDevice];

function describe({ kept, merged, moved, obstacle }: MergePreview): string {
  const lines = [
    `  stays:  ${nameOf(kept)}`,
    `  merged: ${nameOf(merged)}`,
    `  goes over: ${movedText(moved)}`,
    ...(obstacle === null ? [] : [`  not possible: ${OBSTACLES[obstacle]}`]),
  ];
  return `${lines.join("\n")}\n`;
}

function movedText({ senders, logs, testDevices }: MergePreview["moved"]): string {
  return [
    countOf(senders, "sender of checks", "senders of checks"),
    countOf(logs, "log"),
    countOf(testDevices, "test device"),
  ].join(", ");
}

function nameOf({ hardware, lastSeenAt, ...marks }: MergeCandidate): string {
  const name = phoneName({ model: hardware.model, ...marks });
  return `${name}, last seen ${lastSeenAt.toISOString()}`;
}
