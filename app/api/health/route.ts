import { findHealth } from "#phones/check/server/find-health";
import { problemResponse } from "#foundation/platform/http/problem-response";

const HEADERS = { "cache-control": "no-store" };

/** `?probe=live` tests only that the process answers. Otherwise, tests everything that the service needs. */
export async function GET(request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  if (searchParams.get("probe") === "live") {
    return Response.json({ status: "live" }, { headers: HEADERS });
  }
  try {
    return Response.json(await findHealth(), { headers: HEADERS });
  } catch (error) {
    return problemResponse(error, { method: request.method, path: pathname });
  }
}
