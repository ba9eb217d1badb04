import type { PrintedImport } from "#programs/cli/output/import-report";
import type { ImportState } from "#firmware/imports/model";
import type { UndescribedReason } from "#formats/cab/description/model";
import { harmless } from "#programs/cli/output/fields";

/** What to do about an import that did not succeed by itself; for standard error. */
export function importQuestionText(printed: PrintedImport): string {
  return TEXTS[printed.state](printed);
}

const TEXTS = {
  queued: runningText,
  unpacking: runningText,
  applying: runningText,
  needs_details: detailsText,
  needs_confirmation: mismatchText,
  succeeded: () => "",
  failed: ({ error }: PrintedImport) =>
    `ucupdates: The import failed: ${harmless(error ?? "nobody knows why")}\n`,
  cancelled: () => "ucupdates: The import was cancelled.\n",
} as const satisfies Record<ImportState, (printed: PrintedImport) => string>;

function runningText({ id }: PrintedImport): string {
  const name = id ?? "";
  return `The import ${name} goes on where the service runs, or with: ucupdates resume-device-update-import ${name}\n`;
}

const WHY = {
  not_mentioned: "the package says nothing about it",
  incomplete: "the package says only a part of what must be known",
  disputed: "the package contradicts itself about it",
  unknown_kind: "its extension is not known for firmware; describe the firmware, leave the rest",
} as const satisfies Record<UndescribedReason, string>;

function detailsText({ id, undescribed, understood, ignored, problem }: PrintedImport): string {
  const lines = [
    ...(problem === null ? [] : [`What was given cannot be used: ${problem}`]),
    ...understood.map(
      ({ hardware, updateType, version, fileNames }) =>
        `Understood: ${hardware.brand} ${hardware.model} ${hardware.revision} ${hardware.locale} ${updateType} ${version}: ${fileNames.join(", ")}`,
    ),
    ...ignored.map(({ path, reason }) => `Not used: ${path}: ${reason}`),
    "The package does not say what these files are for:",
    ...undescribed.map(({ path, sizeBytes, why }) => `  ${path} (${sizeBytes} bytes): ${WHY[why]}`),
    ...(id === null
      ? ["Describe them in a file (docs/cli.md) and give it with --describe."]
      : [
          "Fill in what is missing and go on:",
          `  ucupdates get-device-update-import ${id} --template > details.json`,
          `  ucupdates resume-device-update-import ${id} --describe details.json`,
        ]),
  ];
  return `${lines.map(harmless).join("\n")}\n`;
}

function mismatchText({ id, mismatched }: PrintedImport): string {
  const lines = [
    "The security catalog beside these images does not vouch for them:",
    ...mismatched.map(({ hardware, version, fileNames }) =>
      [`  ${hardware.brand} ${hardware.model} ${version}`, ...fileNames].join(" "),
    ),
    id === null
      ? "To import them all the same, say why with --accept-mismatch."
      : `To import them all the same: ucupdates resume-device-update-import ${id} --accept-mismatch "<why>"`,
  ];
  return `${lines.map(harmless).join("\n")}\n`;
}
