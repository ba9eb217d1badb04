import { z } from "zod";
import { AppError } from "#foundation/core/errors";

const jsonList = z.array(z.object({ identity: z.string() }));
const SERVICE = /^service:webserver:\S+/i;
/** `Identity : value`, as the detail view prints properties. */
const PROPERTY = /^([A-Z][A-Za-z]*)\s+:(?:\s+(\S.*)?)?$/;
const HEADER = /^Identity(\s|$)/;
const RULED_LINE = /^-+(\s+-+)*$/;

/**
 * Finds the identities in the output of another command, so that `get… | approve… -` works with every output format:
 * one identity per line, a table, the detail view or JSON. Any other line is returned as an identity, so that it is
 * refused later: a mistyped identity must not be ignored.
 */
export function identitiesInText(text: string): readonly string[] {
  const trimmed = text.trim();
  return trimmed.startsWith("[") ? fromJson(trimmed) : trimmed.split(/\r?\n/).flatMap(fromLine);
}

function fromJson(text: string): readonly string[] {
  try {
    return jsonList.parse(JSON.parse(text)).map(({ identity }) => identity);
  } catch (error) {
    throw new AppError(
      "invalid_input",
      "Standard input looks like JSON, but is not a list of rules in the format of get-device-update-rule --json.",
      { cause: error },
    );
  }
}

function fromLine(raw: string): readonly string[] {
  const line = raw.trim();
  const [, property, value] = PROPERTY.exec(line) ?? [];
  if (property !== undefined) {
    return property === "Identity" && value !== undefined ? [value] : [];
  }
  if (line === "" || HEADER.test(line) || RULED_LINE.test(line)) {
    return [];
  }
  // The identity is the first column of a table.
  return [SERVICE.exec(line)?.[0] ?? line];
}
