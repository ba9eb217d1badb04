import { z } from "zod";
import { collect, defineCommand } from "#programs/cli/command";
import { addConfirmOptions, confirmOptions, isConfirmed, mustAsk } from "#programs/cli/confirm";
import type { Outcome } from "#programs/cli/outcome";
import { formatJson } from "#programs/cli/output/format";
import type { ChangedLine, FailedLine, RuleReport } from "#programs/cli/output/rule-report";
import { ruleReportText } from "#programs/cli/output/rule-report";
import { parseInput } from "#foundation/core/parse-input";
import { addSelectionOptions, isSelective, selectionOptions } from "#programs/cli/select-rules";
import type { Session } from "#programs/cli/session";
import type { UndoCandidate } from "#programs/cli/undo-candidates";
import { findUndoCandidates } from "#programs/cli/undo-candidates";
import { AppError } from "#foundation/core/errors";
import { undoInput } from "#firmware/rules/schema";
import { undoReview } from "#firmware/rules/server/undo-review";

const options = z.strictObject({
  ...selectionOptions,
  ...confirmOptions,
  event: z.array(z.string().regex(/^\d{1,18}$/, "The number of an event.")).default([]),
  json: z.boolean().default(false),
  reason: z.string().default(""),
});
type UndoOptions = z.output<typeof options>;

const undo = defineCommand({
  name: "undo-device-update-rule",
  cmdlet: null,
  summary: "undo the last approval, rejection, restore or removal of a rule",
  notes: `Only the last change of a rule can be undone. With --event, it is undone only if the rule did not
change since; the other commands print the number of their event with --json.`,
  examples: [
    "undo-device-update-rule service:WebServer:pool01.contoso.com/2de8cbf6-9441-4f61-b755-1e4bef1effde",
    "undo-device-update-rule --event 17 --reason 'wrong pool'",
  ],
  needsDatabase: true,
  configure: (command) => {
    addSelectionOptions(command).option(
      "--event <number>",
      "the event to undo; may be repeated",
      collect,
    );
    addConfirmOptions(command)
      .option("--reason <text>", "why, for the history and the audit trail")
      .option("--json", "print the report as JSON");
  },
  input: options,
  run: async (session, input) => {
    if (input.event.length === 0 && !isSelective(input)) {
      throw new AppError("invalid_input", "Name rules, or give a filter or --event.");
    }
    const { terminal } = session;
    const isAsking = !input.whatIf && mustAsk(input, { canAsk: terminal.canAsk, isRemoval: false });
    const { undoable, skipped, failed } = await findUndoCandidates(session, input);
    const changed = undoable.map(({ line }) => line);
    const preview: RuleReport = { action: "undo", isWhatIf: true, changed, skipped, failed };
    if (input.whatIf) {
      return print(session, preview, input);
    }
    if (isAsking) {
      terminal.tell(ruleReportText(preview));
      if (!(await isConfirmed(terminal, "Undo this?"))) {
        return "declined";
      }
    }
    const results = await undoEach(session, undoable, input);
    const report: RuleReport = {
      ...preview,
      isWhatIf: false,
      changed: results.filter((line) => "before" in line),
      failed: [...failed, ...results.filter((line) => "code" in line)],
    };
    return print(session, report, input);
  },
});

/** Continues after an expected error, which is reported. An unexpected error ends the command. */
async function undoEach(
  session: Session,
  undoable: readonly UndoCandidate[],
  { reason }: Pick<UndoOptions, "reason">,
): Promise<readonly (ChangedLine | FailedLine)[]> {
  const results: (ChangedLine | FailedLine)[] = [];
  for (const { eventId, line } of undoable) {
    try {
      await undoReview(session.context(), parseInput(undoInput, { eventId, reason }));
      results.push(line);
    } catch (error) {
      if (!(error instanceof AppError)) {
        throw error;
      }
      const { identity, id } = line;
      results.push({ identity, id, code: error.code, message: error.message });
    }
  }
  return results;
}

function print(
  { terminal }: Session,
  report: RuleReport,
  { json }: Pick<UndoOptions, "json">,
): Outcome {
  terminal.write(json ? formatJson(report) : ruleReportText(report));
  return report.failed.length > 0 ? "some_failed" : "done";
}

export const commands = [undo];
