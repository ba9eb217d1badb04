import { answerApi } from "#access/auth/server/answer-api";
import { removeNetworksInput } from "#fleet/sites/schema";
import { removeNetworks } from "#fleet/sites/server/remove-networks";
import { readJson } from "#foundation/platform/http/read-json";

export function POST(request: Request): Promise<Response> {
  return answerApi(request, async (context) => {
    const removed = await removeNetworks(context, await readJson(request, removeNetworksInput));
    return Response.json({ removed });
  });
}
