import { AppError } from "#foundation/core/errors";

/** Undefined for a text that is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Throws `invalid_input` with the message for a text that is not JSON. */
export function requireJson(text: string, message: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("invalid_input", message, { cause: error });
  }
}

const JSON_TEXT_OR_BRACKET = /"(?:[^"\\]|\\[^])*(?:"|\\?$)|[{}[\]]/g;

/** Whether the objects and arrays of a JSON text are nested deeper than `levels`. Takes linear time. */
export function isNestedDeeper(text: string, levels: number): boolean {
  let depth = 0;
  for (const [part] of text.matchAll(JSON_TEXT_OR_BRACKET)) {
    if (part === "{" || part === "[") {
      depth += 1;
    } else if (part === "}" || part === "]") {
      depth -= 1;
    }
    if (depth > levels) {
      return true;
    }
  }
  return false;
}
