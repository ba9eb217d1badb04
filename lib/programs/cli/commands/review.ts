import type { Command } from "commander";
import { z } from "zod";
import { PROGRAM } from "#programs/cli/program-name";
import type { RegisteredCommand } from "#programs/cli/command";
import { defineCommand } from "#programs/cli/command";
import { addConfirmOptions, confirmOptions, isConfirmed, mustAsk } from "#programs/cli/confirm";
import type { Outcome } from "#programs/cli/outcome";
import { formatJson } from "#programs/cli/output/format";
import type { RuleReport } from "#programs/cli/output/rule-report";
import { ruleReportText } from "#programs/cli/output/rule-report";
import { parseInput } from "#foundation/core/parse-input";
import type { SelectedRules } from "#programs/cli/select-rules";
import {
  addSelectionOptions,
  isSelective,
  selectRules,
  selectionOptions,
} from "#programs/cli/select-rules";
import type { Session } from "#programs/cli/session";
import { joinReports, toRuleReport } from "#programs/cli/to-rule-report";
import { AppError } from "#foundation/core/errors";
import type { RuleAction } from "#firmware/rules/model";
import type { ReviewReport } from "#firmware/rules/review";
import { reviewInput } from "#firmware/rules/schema";
import { MAX_RULES_PER_ACTION } from "#firmware/rules/model";
import { previewReview, reviewRules } from "#firmware/rules/server/review-rules";

const options = z.strictObject({
  ...selectionOptions,
  ...confirmOptions,
  all: z.boolean().default(false),
  json: z.boolean().default(false),
  reason: z.string().default(""),
  version: z.string().optional(),
  withdraw: z.boolean().default(false),
  evenIfRejected: z.boolean().default(false),
});
type ReviewOptions = z.output<typeof options>;

type ReviewCommand = {
  readonly action: RuleAction;
  readonly cmdlet: string;
  readonly summary: string;
  readonly notes: string;
  readonly examples: readonly string[];
  readonly configure?: (command: Command) => Command;
};

const SKIPS = "Rules with nothing to change are skipped; this is not an error.";

const COMMANDS: readonly ReviewCommand[] = [
  {
    action: "approve",
    cmdlet: "Approve-CsDeviceUpdateRule",
    summary: "approve the pending version for all phones",
    notes: `The previously approved version becomes the restore version. A version that was rejected before fails unless --even-if-rejected is given. ${SKIPS}`,
    examples: [
      "approve-device-update-rule --pool pool01.contoso.com --brand POLYCOM --what-if",
      'approve-device-update-rule --filter "service:WebServer:pool01*" --reason "change 4711"',
      `get-device-update-rule --pending | grep CX600 | ${PROGRAM} approve-device-update-rule -`,
    ],
    configure: addRejectedOption,
  },
  {
    action: "reset",
    cmdlet: "Reset-CsDeviceUpdateRule",
    summary: "reject the pending version",
    notes: `Test devices go back to the approved version at their next check. ${SKIPS}`,
    examples: ["reset-device-update-rule --brand LG-Nortel --reason 'display flickers'"],
  },
  {
    action: "restore",
    cmdlet: "Restore-CsDeviceUpdateRule",
    summary: "roll back to the previously approved version, or to a chosen one",
    notes: `A rule without an earlier version fails unless --withdraw is given. ${SKIPS}`,
    examples: [
      "restore-device-update-rule --model CX600",
      "restore-device-update-rule --model CX600 --version 4.0.7577.4100",
    ],
    configure: (command) =>
      addRejectedOption(command)
        .option("--version <version>", "the version to restore; it must have been imported")
        .option("--withdraw", "approve no version for a rule that has no earlier version"),
  },
  {
    action: "remove",
    cmdlet: "Remove-CsDeviceUpdateRule",
    summary: "remove rules; phones keep the version they run",
    notes:
      "At a terminal it asks first unless --force is given; it does not ask in a script. undo-device-update-rule restores removed rules.",
    examples: ["remove-device-update-rule --pool old.contoso.com --force"],
  },
];

function addRejectedOption(command: Command): Command {
  return command.option(
    "--even-if-rejected",
    "approve a version although it was rejected or rolled back before, in any pool",
  );
}

export const commands: readonly RegisteredCommand[] = COMMANDS.map(toDefinition);

function toDefinition({ action, configure, ...texts }: ReviewCommand): RegisteredCommand {
  return defineCommand({
    ...texts,
    name: `${action}-device-update-rule`,
    needsDatabase: true,
    configure: (command) => {
      addSelectionOptions(command).option("--all", "all rules of all pools");
      addConfirmOptions(command)
        .option("--reason <text>", "why, for the history and the audit trail")
        .option("--json", "print the report as JSON");
      configure?.(command);
    },
    input: options,
    run: (session, input) => review(session, action, input),
  });
}

async function review(
  session: Session,
  action: RuleAction,
  input: ReviewOptions,
): Promise<Outcome> {
  const { terminal } = session;
  if (!isSelective(input) && !input.all) {
    throw new AppError("invalid_input", "Name rules, or give a filter or --all.");
  }
  const isAsking =
    !input.whatIf && mustAsk(input, { canAsk: terminal.canAsk, isRemoval: action === "remove" });
  const selected = await selectRules(session, input);
  const request = { action, selected, input };

  if (input.whatIf) {
    return print(session, await preview(session, request), input);
  }
  if (isAsking) {
    terminal.tell(ruleReportText(await preview(session, request)));
    if (!(await isConfirmed(terminal, `${capital(action)} these rules?`))) {
      return "declined";
    }
  }
  const report = await reviewInParts(request, (parsed) => reviewRules(session.context(), parsed));
  return print(session, toReport(report, request, false), input);
}

type ReviewRequest = {
  readonly action: RuleAction;
  readonly selected: SelectedRules;
  readonly input: ReviewOptions;
};

async function preview(session: Session, request: ReviewRequest): Promise<RuleReport> {
  const report = await reviewInParts(request, (parsed) => previewReview(session.context(), parsed));
  return toReport(report, request, true);
}

/** Splits the selection, because the use case accepts a limited number of rules per call. */
async function reviewInParts(
  { action, selected, input }: ReviewRequest,
  work: (input: z.output<typeof reviewInput>) => Promise<ReviewReport>,
): Promise<ReviewReport> {
  const reports: ReviewReport[] = [];
  for (let start = 0; start < selected.rules.length; start += MAX_RULES_PER_ACTION) {
    const part = selected.rules.slice(start, start + MAX_RULES_PER_ACTION);
    const parsed = parseInput(reviewInput, {
      action,
      // The generation is from the time of the selection: a rule that changed since then is reported as failed.
      rules: part.map(({ id, generation }) => ({ ruleId: id, generation })),
      reason: input.reason,
      targetVersion: input.version ?? null,
      mayWithdraw: input.withdraw,
      evenIfRejected: input.evenIfRejected,
    });
    reports.push(await work(parsed));
  }
  return joinReports(reports);
}

function toReport(
  report: ReviewReport,
  { action, selected }: ReviewRequest,
  isWhatIf: boolean,
): RuleReport {
  return toRuleReport(report, { action, isWhatIf, missing: selected.missing });
}

function print(
  { terminal }: Session,
  report: RuleReport,
  { json }: Pick<ReviewOptions, "json">,
): Outcome {
  terminal.write(json ? formatJson(report) : ruleReportText(report));
  return report.failed.length > 0 ? "some_failed" : "done";
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
