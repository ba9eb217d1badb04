import { callerAddress } from "#access/auth/server/caller-address";
import { renderMetrics } from "#phones/check/server/metrics";
import { AppError } from "#foundation/core/errors";
import { isInternalAddress } from "#phones/device-api/source-address";
import { problemResponse } from "#foundation/platform/http/problem-response";

/** Metrics for monitoring systems inside the firewall. */
export async function GET(request: Request): Promise<Response> {
  const address = callerAddress(request.headers);
  if (!isInternalAddress(address)) {
    const refusal = new AppError("forbidden", "Metrics are shown inside the firewall only.");
    return problemResponse(refusal, { method: request.method, path: "/api/metrics" });
  }
  const { text, contentType } = await renderMetrics();
  return new Response(text, {
    headers: { "content-type": contentType, "cache-control": "no-store" },
  });
}
