import { answerApi } from "#access/auth/server/answer-api";
import { renameSiteBody } from "#fleet/sites/schema";
import { findSite } from "#fleet/sites/server/find-site";
import { removeSite } from "#fleet/sites/server/remove-site";
import { renameSite } from "#fleet/sites/server/rename-site";
import { toSiteRecord } from "#fleet/sites/site-record";
import { AppError } from "#foundation/core/errors";
import { readJson } from "#foundation/platform/http/read-json";
import { readPathId } from "#foundation/platform/http/read-path-id";

const NO_SUCH_SITE = "There is no such site.";

type SiteRoute = { readonly params: Promise<{ readonly id: string }> };

export function GET(request: Request, { params }: SiteRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const site = await findSite(context, (await params).id);
    if (site === null) {
      throw new AppError("not_found", NO_SUCH_SITE);
    }
    return Response.json(toSiteRecord(site));
  });
}

export function PATCH(request: Request, { params }: SiteRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const siteId = await readPathId(params, NO_SUCH_SITE);
    await renameSite(context, { siteId, ...(await readJson(request, renameSiteBody)) });
    return new Response(null, { status: 204 });
  });
}

export function DELETE(request: Request, { params }: SiteRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    await removeSite(context, { siteId: await readPathId(params, NO_SUCH_SITE) });
    return new Response(null, { status: 204 });
  });
}
