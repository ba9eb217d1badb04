import { countOf } from "#programs/cli/output/count-of";
import { replaceControls } from "#programs/cli/output/fields";
import { column } from "#programs/cli/output/fields";
import { toTable } from "#programs/cli/output/table";
import type { UndescribedMember } from "#formats/cab/description/model";
import type {
  FoundUpdate,
  ImportJob,
  ImportReport,
  UnderstoodUpdate,
} from "#firmware/imports/model";
import type { PackagePreview } from "#firmware/imports/server/preview-package";
import type { ImportOutcome } from "#firmware/rules/imported-update";
import { serviceIdentity } from "#firmware/rules/model";

/** The result of an import or of its preview. `--json` prints exactly this, in every state. */
export type PrintedImport = {
  readonly isWhatIf: boolean;
  /** Null for a preview. */
  readonly id: string | null;
  readonly state: ImportJob["state"];
  readonly fileName: string;
  readonly error: string | null;
  readonly rules: readonly ImportOutcome[];
  readonly updates: readonly FoundUpdate[];
  readonly ignored: ImportReport["ignored"];
  readonly unverifiedBlocks: number;
  /** With `needs_details`: the images that the package does not describe. */
  readonly undescribed: readonly UndescribedMember[];
  /** With `needs_details`: the updates that the package describes completely. */
  readonly understood: readonly UnderstoodUpdate[];
  /** With `needs_details`: why the last answer was refused. */
  readonly problem: string | null;
  /** With `needs_confirmation`: the images that cannot be verified with their security catalog. */
  readonly mismatched: readonly FoundUpdate[];
};

const NOTHING_YET = {
  error: null,
  rules: [],
  updates: [],
  ignored: [],
  unverifiedBlocks: 0,
  undescribed: [],
  understood: [],
  problem: null,
  mismatched: [],
} as const;

export function printedImport(job: ImportJob): PrintedImport {
  const { id, state, fileName } = job;
  return { isWhatIf: false, id, state, fileName, ...NOTHING_YET, ...resultOf(job) };
}

function resultOf(job: ImportJob): Partial<PrintedImport> {
  switch (job.state) {
    case "succeeded": {
      const { rules, updates, ignored, unverifiedBlocks } = job.report;
      return { rules, updates, ignored, unverifiedBlocks };
    }
    case "failed":
      return { error: job.error };
    case "needs_details": {
      const { undescribed, understood, ignored, problem } = job;
      return { undescribed, understood, ignored, problem };
    }
    case "needs_confirmation":
      return { mismatched: job.mismatched };
    case "queued":
    case "unpacking":
    case "applying":
    case "cancelled":
      return {};
  }
}

/** The preview of a package whose import would fail. */
export type FailedPreview = { readonly state: "failed"; readonly error: string };

export function printedPreview(
  preview: PackagePreview | FailedPreview,
  fileName: string,
): PrintedImport {
  const { state, ...found } = preview;
  return { isWhatIf: true, id: null, state, fileName, ...NOTHING_YET, ...found };
}

const RULE_COLUMNS = [
  column("Outcome", (rule: ImportOutcome) => rule.outcome),
  column(
    "Identity",
    ({ identity, poolFqdn }: ImportOutcome) => identity ?? serviceIdentity(poolFqdn),
  ),
  column("Brand", (rule: ImportOutcome) => rule.hardware.brand),
  column("Model", (rule: ImportOutcome) => rule.hardware.model),
  column("Revision", (rule: ImportOutcome) => rule.hardware.revision),
  column("Locale", (rule: ImportOutcome) => rule.hardware.locale),
  column("UpdateType", (rule: ImportOutcome) => rule.updateType),
  column("Version", (rule: ImportOutcome) => rule.version),
  column("Note", noteOn),
];

/** The result of every update in every pool. Empty unless the import has succeeded. */
export function importReportText(printed: PrintedImport): string {
  if (printed.state !== "succeeded") {
    return "";
  }
  const { rules, ignored, unverifiedBlocks } = printed;
  return [
    toTable(rules, RULE_COLUMNS),
    ...ignored.map(
      ({ path, reason }) => `Not imported: ${replaceControls(path)}: ${replaceControls(reason)}\n`,
    ),
    ...(unverifiedBlocks > 0
      ? [`${countOf(unverifiedBlocks, "data block")} without a checksum could not be verified.\n`]
      : []),
    sumText(printed),
  ].join("");
}

function sumText({ rules, isWhatIf }: PrintedImport): string {
  const count = (outcome: ImportOutcome["outcome"]): number =>
    rules.filter((rule) => rule.outcome === outcome).length;
  if (count("unchanged") === rules.length) {
    return "Nothing changes: all rules have these versions already.\n";
  }
  const repaired = count("repaired") === 0 ? "" : `${count("repaired")} with repaired files, `;
  const sum = `${countOf(count("created"), "new rule")}, ${countOf(count("pending"), "rule")} with a new pending version, ${repaired}${count("unchanged")} unchanged.`;
  return isWhatIf ? `What if: ${sum}\n` : `${sum}\n`;
}

function noteOn({
  because,
  replacedVersion,
  approvedVersion,
  isDowngrade,
  rejection,
}: ImportOutcome): string {
  const notes = [
    ...(because === null ? [] : [`${because} already`]),
    ...(replacedVersion === null ? [] : [`replaces pending ${replacedVersion}`]),
    ...(isDowngrade && approvedVersion !== null ? [`downgrade from ${approvedVersion}`] : []),
    ...(rejection === null
      ? []
      : [`rejected before in ${rejection.poolFqdn} by ${rejection.rejectedBy}`]),
  ];
  return notes.join(", ");
}
