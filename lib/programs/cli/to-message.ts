import { harmless } from "#programs/cli/output/fields";
import { optionName } from "#programs/cli/option-name";
import { AppError } from "#foundation/core/errors";

/** What a person is told of an error, each field it concerns by the option that sets it. */
export function toMessage(error: unknown): string {
  if (!(error instanceof AppError)) {
    return `ucupdates: Something went wrong that nobody foresaw.\n`;
  }
  // A field that is not an option was refused where the message itself says all.
  const fields = error.fields
    .filter(({ path }) => optionName(path) !== path)
    .map(({ path, message }) => `${optionName(path)}: ${harmless(message)}`);
  const [only, ...others] = fields;
  if (only !== undefined && others.length === 0) {
    return `ucupdates: ${only}\n`;
  }
  return [`ucupdates: ${harmless(error.message)}`, ...fields.map((field) => `  ${field}`), ""].join(
    "\n",
  );
}
