import { PROGRAM } from "#programs/cli/program-name";
import type { PrintedImport } from "#programs/cli/output/import-report";
import type { ImportState } from "#firmware/imports/model";
import type { UndescribedReason } from "#formats/cab/description/model";
import { replaceControls } from "#programs/cli/output/fields";

/** What an administrator can do about an import that has not succeeded. For standard error. */
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
    `ucupdates: The import failed: ${replaceControls(error ?? "unknown reason")}\n`,
  cancelled: () => "ucupdates: The import was cancelled.\n",
} as const satisfies Record<ImportState, (printed: PrintedImport) => string>;

function runningText({ id }: PrintedImport): string {
  const name = id ?? "";
  return `The import ${name} continues in the running service, or with: ${PROGRAM} resume-device-update-import ${name}\n`;
}

const WHY = {
  not_mentioned: "the package says nothing about it",
  incomplete: "the package describes it incompletely",
  disputed: "the package describes it in contradictory ways",
  unknown_kind: "its extension is not one of firmware; describe only firmware files",
} as const satisfies Record<UndescribedReason, string>;

function detailsText({ id, undescribed, understood, ignored, problem }: PrintedImport): string {
  const lines = [
    ...(problem === null ? [] : [`The details cannot be used: ${problem}`]),
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
          "Fill in the missing details and continue:",
          `  ${PROGRAM} get-device-update-import ${id} --template > details.json`,
          `  ${PROGRAM} resume-device-update-import ${id} --describe details.json`,
        ]),
  ];
  return `${lines.map(replaceControls).join("\n")}\n`;
}

function mismatchText({ id, mismatched }: PrintedImport): string {
  const lines = [
    "These images cannot be verified with the security catalog of the package:",
    ...mismatched.map(({ hardware, version, fileNames }) =>
      [`  ${hardware.brand} ${hardware.model} ${version}`, ...fileNames].join(" "),
    ),
    id === null
      ? "To import them anyway, give the reason with --accept-mismatch."
      : `To import them anyway: ${PROGRAM} resume-device-update-import ${id} --accept-mismatch "<why>"`,
  ];
  return `${lines.map(replaceControls).join("\n")}\n`;
}
