import { answerApi } from "#access/auth/server/answer-api";
import { putNetworksBody } from "#fleet/sites/schema";
import { previewPlacements } from "#fleet/sites/server/preview-placements";
import { setNetworks } from "#fleet/sites/server/set-networks";
import { toNetworkPreviewRecord } from "#fleet/sites/site-record";
import { readJson } from "#foundation/platform/http/read-json";

/** Gives networks to sites. With `whatIf`, says what would change. */
export function POST(request: Request): Promise<Response> {
  return answerApi(request, async (context) => {
    const { whatIf, ...input } = await readJson(request, putNetworksBody);
    return Response.json(
      whatIf
        ? toNetworkPreviewRecord(await previewPlacements(context, input))
        : await setNetworks(context, input),
    );
  });
}
