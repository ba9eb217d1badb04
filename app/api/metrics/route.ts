import { socketAddress } from "#lib/auth/server/socket-address";
import { renderMetrics } from "#lib/check/server/metrics";
import { AppError } from "#lib/core/errors";
import { isInternalAddress, throughProxies } from "#lib/device-api/source-address";
import { problemResponse } from "#lib/platform/http/problem-response";

/** For the monitoring inside the firewall. */
export async function GET(request: Request): Promise<Response> {
  const address = throughProxies(socketAddress(request.headers), request.headers);
  if (!isInternalAddress(address)) {
    const refusal = new AppError("forbidden", "Metrics are shown inside the firewall only.");
    return problemResponse(refusal, { method: request.method, path: "/api/metrics" });
  }
  const { text, contentType } = await renderMetrics();
  return new Response(text, {
    headers: { "content-type": contentType, "cache-control": "no-store" },
  });
}
