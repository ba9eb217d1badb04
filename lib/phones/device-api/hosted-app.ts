import "server-only";
import type { Hono } from "hono";
import { createDeviceApp } from "#phones/device-api/app";
import type { DeviceEnv } from "#phones/device-api/device-env";
import { throughProxies } from "#foundation/platform/http/trusted-proxies";
import { startHostedServices } from "#phones/device-api/start-phone-services";
import { oncePerProcess } from "#foundation/platform/once-per-process";
import { answerNotFound } from "#foundation/platform/http/problem-response";
import { isOwnServerRunning } from "#foundation/platform/own-server";
import { findPeerAddress } from "#foundation/platform/request-headers";

/**
 * Answers a phone if Next alone is the host (`next start`, `next dev`). The first request starts the phone services.
 *
 * Next does not pass on the client's address: `instrumentation.ts` reads it from the socket, and forwarded addresses
 * are accepted from `TRUSTED_PROXIES` only. Without it the address is unknown, and the internal paths refuse every
 * request. Next also removes `Content-Length` from the response of a route: whole images and ranges are sent chunked.
 */
export async function answerHosted(request: Request): Promise<Response> {
  if (isOwnServerRunning()) {
    // The processes for phones pass on to the panel only what is not a phone's.
    return answerNotFound(request);
  }
  await startHostedServices();
  const peer = findPeerAddress(request.headers);
  const address = peer === null ? null : throughProxies(peer, request.headers);
  return hostedApp().fetch(request, { address });
}

function hostedApp(): Hono<DeviceEnv> {
  return oncePerProcess("hosted device app", () => createDeviceApp({ side: "internal" }));
}
