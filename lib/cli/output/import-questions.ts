import type { PrintedImport } from "#lib/cli/output/import-report";
import type { ImportState } from "#lib/imports/model";
import { harmless } from "#lib/cli/output/fields";

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

function detailsText({ id, undescribed, problem }: PrintedImport): string {
  const lines = [
    ...(problem === null ? [] : [`What was given cannot be used: ${problem}`]),
    "The package does not say what these images are for:",
    ...undescribed.map(({ path, sizeBytes }) => `  ${path} (${sizeBytes} bytes)`),
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
