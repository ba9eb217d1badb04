import "server-only";
import type { Hono } from "hono";
import { createDeviceApp } from "#phones/device-api/app";
import type { DeviceEnv } from "#phones/device-api/device-env";
import { throughProxies } from "#phones/device-api/source-address";
import { startPhoneServices } from "#phones/device-api/start-phone-services";
import { oncePerProcess } from "#foundation/platform/once-per-process";
import { AppError } from "#foundation/core/errors";
import { problemResponse } from "#foundation/platform/http/problem-response";
import { isOwnServerRunning } from "#foundation/platform/own-server";
import { peerOf } from "#foundation/platform/request-peer";

/**
 * Answers a phone where Next is the host: under `next dev`, and wherever `server.ts` does not run. The first request
 * starts the services of phones.
 *
 * Next does not pass on the address of a client: `instrumentation.ts` reads it from the socket, and forwarded addresses
 * count from `TRUSTED_PROXIES` alone. Without it the address is unknown, and the paths inside the firewall refuse every
 * request. Next also removes `Content-Length` from the response of a route: images are sent in chunks, whole and in
 * parts.
 */
export async function answerHosted(request: Request): Promise<Response> {
  if (isOwnServerRunning()) {
    return refuseSecondRoad(request);
  }
  await startPhoneServices();
  const peer = peerOf(request.headers);
  const address = peer === null ? null : throughProxies(peer, request.headers);
  return hostedApp().fetch(request, { address });
}

/** `server.ts` answers phones itself: what it took for a page of the panel is not answered as a phone's. */
function refuseSecondRoad({ method, url }: Request): Response {
  const { pathname } = new URL(url);
  const reason = new AppError("not_found", "There is nothing under this path.");
  return problemResponse(reason, { method, path: pathname });
}

function hostedApp(): Hono<DeviceEnv> {
  return oncePerProcess("hosted device app", () => createDeviceApp({ side: "internal" }));
}
