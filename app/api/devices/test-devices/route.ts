import { answerApi } from "#access/auth/server/answer-api";
import { readJson } from "#foundation/platform/http/read-json";
import { makeTestDevicesInput } from "#phones/phone-jobs/schema";
import { makeTestDevices } from "#phones/phone-jobs/server/make-test-devices";

/** Makes phones test devices: named ones, or all that match a search. */
export function POST(request: Request): Promise<Response> {
  return answerApi(request, async (context) =>
    Response.json(await makeTestDevices(context, await readJson(request, makeTestDevicesInput))),
  );
}
