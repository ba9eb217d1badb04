import { replaceControls } from "#programs/cli/output/fields";
import type { FieldError } from "#foundation/core/errors";
import { AppError } from "#foundation/core/errors";

/** The text of an error of a command for the user. Its fields are named as `nameFields` does. */
export function toMessage(error: unknown): string {
  if (!(error instanceof AppError)) {
    return `ucupdates: An unexpected error occurred. The log on standard error has the details.\n`;
  }
  const fields = error.fields.flatMap((field) => toLine(field, error.message) ?? []);
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

/** Null for a field of which the message of the error says everything. */
function toLine({ path, message }: FieldError, whole: string): string | null {
  const name = toName(path);
  return name === null || message === whole ? null : `${name}${replaceControls(message)}`;
}

/** What precedes the message of a field; null for one that the command line does not have. */
function toName(path: string): string | null {
  if (path === "") {
    return "";
  }
  const [, parameter] = /^query\.(\w+)(?:\.\d+)?$/.exec(path) ?? [];
  if (parameter !== undefined) {
    return `--query: ${parameter}: `;
  }
  return /^(?:--|<)/.test(path) ? `${path}: ` : null;
}
