import { AppError } from "#foundation/core/errors";
import { fieldErrors } from "#foundation/core/parse-input";
import type { CheckRequest } from "#formats/protocol/check-request";
import { checkBody, toCheckRequest } from "#formats/protocol/json";
import type { LyncReader } from "#formats/protocol/lync-xml";
import { requireJson } from "#foundation/core/json";

/** Reads the body of a check in JSON; throws the error to answer to the phone. */
export function readJsonCheck(text: string): CheckRequest {
  const result = checkBody.safeParse(requireJson(text, "The body is not JSON."));
  if (result.success) {
    return toCheckRequest(result.data);
  }
  const fields = fieldErrors(result.error, "body");
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
