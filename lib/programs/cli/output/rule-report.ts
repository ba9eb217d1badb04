import { replaceControls } from "#programs/cli/output/fields";
import type { ErrorCode } from "#foundation/core/errors";
import type { RuleVersions } from "#firmware/rules/review";

export type ChangedLine = {
  readonly identity: string;
  readonly id: string;
  /** The rule's hardware and update type as text. */
  readonly name: string;
  readonly before: RuleVersions | null;
  /** Null if the rule was removed. */
  readonly after: RuleVersions | null;
  readonly isDowngrade: boolean;
  /** The number for `undo-device-update-rule --event`. Null if nothing changed or the change cannot be undone. */
  readonly eventId: string | null;
};

export type SkippedLine = {
  readonly identity: string;
  readonly id: string;
  readonly name: string;
  readonly reason: string;
  readonly message: string;
};

export type FailedLine = {
  readonly identity: string;
  readonly id: string;
  readonly code: ErrorCode | "defect";
  readonly message: string;
};

/** The changes that a command made to rules, or would make. `--json` prints exactly this. */
export type RuleReport = {
  readonly action: "approve" | "reset" | "restore" | "remove" | "undo";
  readonly isWhatIf: boolean;
  readonly changed: readonly ChangedLine[];
  readonly skipped: readonly SkippedLine[];
  readonly failed: readonly FailedLine[];
};

const PARTICIPLES = {
  approve: "approved",
  reset: "reset",
  restore: "restored",
  remove: "removed",
  undo: "undone",
} as const satisfies Record<RuleReport["action"], string>;

/** One line for each rule, then the totals. */
export function ruleReportText(report: RuleReport): string {
  const done = PARTICIPLES[report.action];
  const verb = report.isWhatIf ? `would be ${done}` : done;
  const lines = [
    ...report.changed.map((line) => `${verb}  ${line.identity}  ${changeText(line)}`),
    ...report.skipped.map((line) => `skipped  ${line.identity}  ${line.name}: ${line.message}`),
    ...report.failed.map((line) => `failed  ${line.identity}  ${line.message}`),
  ];
  return [...lines.map(replaceControls), sumText(report, verb), ""].join("\n");
}

function sumText({ changed, skipped, failed }: RuleReport, verb: string): string {
  return changed.length + skipped.length + failed.length === 0
    ? "No rule matches."
    : `${changed.length} ${verb}, ${skipped.length} skipped, ${failed.length} failed.`;
}

function changeText({ name, before, after, isDowngrade }: ChangedLine): string {
  const versions = after === null ? "no rule" : versionChanges(before, after);
  return `${name}: ${versions}${isDowngrade ? " (downgrade)" : ""}`;
}

function versionChanges(before: RuleVersions | null, after: RuleVersions): string {
  const columns = [
    ["approved", "approvedVersion"],
    ["pending", "pendingVersion"],
    ["restore", "restoreVersion"],
  ] as const;
  return columns
    .filter(([, column]) => (before?.[column] ?? null) !== after[column])
    .map(([name, column]) => `${name} ${before?.[column] ?? "none"} → ${after[column] ?? "none"}`)
    .join(", ");
}
