import { harmless } from "#programs/cli/output/fields";
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

/** What an import came to or would come to. `--json` prints exactly this, in every state. */
export type PrintedImport = {
  readonly isWhatIf: boolean;
  /** Null in a preview. */
  readonly id: string | null;
  readonly state: ImportJob["state"];
  readonly fileName: string;
  readonly error: string | null;
  readonly rules: readonly ImportOutcome[];
  readonly updates: readonly FoundUpdate[];
  readonly ignored: ImportReport["ignored"];
  readonly unverifiedBlocks: number;
  /** With `needs_details`: the images that the package does not describe, and why an answer was refused. */
  readonly undescribed: readonly UndescribedMember[];
  /** With `needs_details`: what the package describes completely. */
  readonly understood: readonly UnderstoodUpdate[];
  readonly problem: string | null;
  /** With `needs_confirmation`: images that their catalog does not vouch for. */
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
  return { ...NOTHING_YET, ...resultOf(job), isWhatIf: false, id, state, fileName };
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

/** A package whose import would fail. */
export type FailedPreview = { readonly state: "failed"; readonly error: string };

export function printedPreview(
  preview: PackagePreview | FailedPreview,
  fileName: string,
): PrintedImport {
  return { ...NOTHING_YET, ...preview, isWhatIf: true, id: null, fileName };
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

/** What became of every update in every pool; empty where the import has not come that far. */
export function importReportText(printed: PrintedImport): string {
  if (printed.state !== "succeeded") {
    return "";
  }
  const { rules, ignored, unverifiedBlocks } = printed;
  return [
    toTable(rules, RULE_COLUMNS),
    ...ignored.map(({ path, reason }) => `Not imported: ${harmless(path)}: ${harmless(reason)}\n`),
    ...(unverifiedBlocks > 0
      ? [`${unverifiedBlocks} data blocks carry no checksum; nothing vouches for them.\n`]
      : []),
    sumText(printed),
  ].join("");
}

function sumText({ rules, isWhatIf }: PrintedImport): string {
  const count = (outcome: ImportOutcome["outcome"]): number =>
    rules.filter((rule) => rule.outcome === outcome).length;
  if (count("unchanged") === rules.length) {
    return "Nothing changes: every rule holds these versions already.\n";
  }
  const repaired = count("repaired") === 0 ? "" : `${count("repaired")} with repaired files, `;
  const sum = `${count("created")} new rules, ${count("pending")} rules with a new pending version, ${repaired}${count("unchanged")} unchanged.`;
  return isWhatIf ? `What if: ${sum}\n` : `${sum}\n`;
}

function noteOn({ because, replacedVersion, approvedVersion, isDowngrade }: ImportOutcome): string {
  const notes = [
    ...(because === null ? [] : [`${because} already`]),
    ...(replacedVersion === null ? [] : [`replaces pending ${replacedVersion}`]),
    ...(isDowngrade && approvedVersion !== null ? [`downgrade from ${approvedVersion}`] : []),
  ];
  return notes.join(", ");
}
