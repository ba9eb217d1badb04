import { replaceControls } from "#programs/cli/output/fields";
import { optionName } from "#programs/cli/common-options";
import { AppError } from "#foundation/core/errors";

/** The text of an error for the user. It names each invalid field by its option. */
export function toMessage(error: unknown): string {
  if (!(error instanceof AppError)) {
    return `ucupdates: An unexpected error occurred. The log on standard error has the details.\n`;
  }
  // For a field that is not an option, the message itself is complete.
  const fields = error.fields
    .filter(({ path }) => optionName(path) !== path)
    .map(({ path, message }) => `${optionName(path)}: ${replaceControls(message)}`);
  const [only, ...others] = fields;
  if (only !== undefined && others.length === 0) {
    return `ucupdates: ${only}\n`;
  }
  return [
    `ucupdates: ${replaceControls(error.message)}`,
    ...fields.map((field) => `  ${field}`),
    "",
  ].join("\n");
}
