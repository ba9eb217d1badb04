import "server-only";
import { checkForUpdate } from "#lib/check/server/check-for-update";
import { AppError } from "#lib/core/errors";
import type { DeviceCaller, DeviceContext } from "#lib/device-api/device-env";
import { sendText } from "#lib/device-api/send-text";
import { requestedPool } from "#lib/device-api/requested-pool";
import { readBody } from "#lib/platform/http/read-body";
import type { CheckRequest } from "#lib/protocol/check-request";
import { checkRequest } from "#lib/protocol/json";

/** What a phone has to say fits many times over. */
export const LARGEST_CHECK_BYTES = 64 * 1024;

/** A check in JSON. */
export async function answerJsonCheck(c: DeviceContext, caller: DeviceCaller): Promise<Response> {
  const request = parseCheck(await readBody(c.req.raw, LARGEST_CHECK_BYTES));
  const { side, address, accountName } = caller;
  const answer = checkForUpdate(
    { now: new Date(), side, dialect: "json", address, accountName, ...requestedPool(c) },
    request,
  );
  return sendText(c, "application/json", JSON.stringify(answer));
}

function parseCheck(text: string): CheckRequest {
  const result = checkRequest.safeParse(parseJson(text));
  if (result.success) {
    return result.data;
  }
  const fields = result.error.issues.map(({ path, message }) => ({
    path: ["body", ...path].join("."),
    message,
  }));
  throw new AppError("unprocessable_input", "The check does not say what is needed.", { fields });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("invalid_input", "The body is not JSON.", { cause: error });
  }
}
