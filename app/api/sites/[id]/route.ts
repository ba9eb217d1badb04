import { answerApi } from "#access/auth/server/answer-api";
import { removeSiteInput, renameSiteBody } from "#fleet/sites/schema";
import { findSite } from "#fleet/sites/server/find-site";
import { removeSite } from "#fleet/sites/server/remove-site";
import { renameSite } from "#fleet/sites/server/rename-site";
import { toSiteRecord } from "#fleet/sites/site-record";
import { AppError } from "#foundation/core/errors";
import { readJson } from "#foundation/platform/http/read-json";

type SiteRoute = { readonly params: Promise<{ readonly id: string }> };

export function GET(request: Request, { params }: SiteRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const site = await findSite(context, (await params).id);
    if (site === null) {
      throw noSuchSite();
    }
    return Response.json(toSiteRecord(site));
  });
}

export function PATCH(request: Request, { params }: SiteRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const siteId = await requireSiteId(params);
    await renameSite(context, { siteId, ...(await readJson(request, renameSiteBody)) });
    return new Response(null, { status: 204 });
  });
}

export function DELETE(request: Request, { params }: SiteRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    await removeSite(context, { siteId: await requireSiteId(params) });
    return new Response(null, { status: 204 });
  });
}

async function requireSiteId(params: SiteRoute["params"]): Promise<string> {
  const input = removeSiteInput.safeParse({ siteId: (await params).id });
  if (!input.success) {
    throw noSuchSite();
  }
  return input.data.siteId;
}

function noSuchSite(): AppError {
  return new AppError("not_found", "There is no such site.");
}
