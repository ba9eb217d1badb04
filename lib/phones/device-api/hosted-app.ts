import "server-only";
import type { Hono } from "hono";
import { startCapturer } from "#phones/captures/server/capturer";
import { startRecorder } from "#phones/check-log/server/recorder";
import { startRuleTable } from "#phones/check/server/rule-table-loader";
import { createDeviceApp } from "#phones/device-api/app";
import type { DeviceEnv } from "#phones/device-api/device-env";
import { throughProxies } from "#phones/device-api/source-address";
import { startHomeTable } from "#phones/home-pools/server/home-table";
import { startLogKeeper } from "#phones/device-logs/server/log-keeper";
import { oncePerProcess } from "#foundation/platform/once-per-process";
import { AppError } from "#foundation/core/errors";
import { problemResponse } from "#foundation/platform/http/problem-response";
import { isOwnServerRunning } from "#foundation/platform/own-server";
import { peerOf } from "#foundation/platform/request-peer";
import { startSettings } from "#foundation/settings/server/live-settings";

/**
 * Answers a phone where Next is the host: under `next dev` and wherever `server.ts` is not. What `server.ts` starts is
 * started with the first phone.
 *
 * Next does not tell where a request comes from: `instrumentation.ts` reads it off the socket, and forwarded addresses
 * count from `TRUSTED_PROXIES` alone. Where that has not run, the address is unknown, and the paths inside the firewall
 * refuse every request. Next also strikes `Content-Length` from what a route
 * answers: images arrive in chunks there, whole and in parts.
 */
export async function answerHosted(request: Request): Promise<Response> {
  if (isOwnServerRunning()) {
    return refuseSecondRoad(request);
  }
  await startRuleTable();
  await startSettings();
  await startHomeTable();
  startRecorder();
  startCapturer();
  startLogKeeper();
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
