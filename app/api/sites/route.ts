import { answerApi } from "#access/auth/server/answer-api";
import { createSiteInput } from "#fleet/sites/schema";
import { createSite } from "#fleet/sites/server/create-site";
import { listSites } from "#fleet/sites/server/list-sites";
import { toSiteRecord } from "#fleet/sites/site-record";
import { readJson } from "#foundation/platform/http/read-json";

export function GET(request: Request): Promise<Response> {
  return answerApi(request, async (context) => {
    const sites = await listSites(context);
    return Response.json({ sites: sites.map(toSiteRecord) });
  });
}

export function POST(request: Request): Promise<Response> {
  return answerApi(request, async (context) => {
    const site = await createSite(context, await readJson(request, createSiteInput));
    return Response.json(site, { status: 201, headers: { location: `/api/sites/${site.id}` } });
  });
}
