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
