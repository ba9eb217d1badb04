import { AppError } from "#foundation/core/errors";
import type { CheckRequest } from "#formats/protocol/check-request";
import { checkBody, toCheckRequest } from "#formats/protocol/json";
import type { LyncReader } from "#formats/protocol/lync-xml";

/** Reads the body of a check in JSON; throws the error to answer to the phone. */
export function readJsonCheck(text: string): CheckRequest {
  const result = checkBody.safeParse(parseJson(text));
  if (result.success) {
    return toCheckRequest(result.data);
  }
  const fields = result.error.issues.map(({ path, message }) => ({
    path: ["body", ...path].join("."),
    message,
  }));
  throw new AppError(
    "unprocessable_input",
    "The check lacks required fields or has invalid ones.",
    { fields },
  );
}

/** Reads the body of a check in XML, like `readJsonCheck`. */
export function readLyncCheck(text: string, read: LyncReader): CheckRequest {
  const reading = read(text);
  if (reading.kind === "refused") {
    throw new AppError("invalid_input", reading.problem);
  }
  return reading.request;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("invalid_input", "The body is not JSON.", { cause: error });
  }
}
