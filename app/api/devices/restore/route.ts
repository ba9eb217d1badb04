import { answerApi } from "#access/auth/server/answer-api";
import { retireInput } from "#fleet/devices/retirement";
import { restorePhones } from "#fleet/devices/server/restore-phones";
import { readJson } from "#foundation/platform/http/read-json";

export function POST(request: Request): Promise<Response> {
  return answerApi(request, async (context) =>
    Response.json(await restorePhones(context, await readJson(request, retireInput))),
  );
}
