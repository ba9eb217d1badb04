import "server-only";
import type { Hono } from "hono";
import { startCapturer } from "#lib/captures/server/capturer";
import { startRecorder } from "#lib/check/server/recorder";
import { startRuleTable } from "#lib/check/server/rule-table-loader";
import { createDeviceApp } from "#lib/device-api/app";
import type { DeviceEnv } from "#lib/device-api/device-env";
import { forwardedAddress } from "#lib/device-api/source-address";
import { startHomeTable } from "#lib/homes/server/home-table";
import { startLogKeeper } from "#lib/logs/server/log-keeper";
import { oncePerProcess } from "#lib/platform/once-per-process";
import { startSettings } from "#lib/settings/server/live-settings";

/**
 * Answers a phone where Next is the host: under `next dev` and wherever `server.ts` is not. What `server.ts` starts is
 * started with the first phone.
 *
 * Next does not tell where a request comes from, and a header that says so can be written by anybody. So an address
 * counts only where `TRUSTED_PROXIES` declares that a proxy stands in front and sets `X-Forwarded-For`; otherwise it is
 * unknown, and the paths inside the firewall refuse everybody. Next also strikes `Content-Length` from what a route
 * answers: images arrive in chunks there, whole and in parts.
 */
export async function answerHosted(request: Request): Promise<Response> {
  await startRuleTable();
  await startSettings();
  await startHomeTable();
  startRecorder();
  startCapturer();
  startLogKeeper();
  return hostedApp().fetch(request, { address: forwardedAddress(request.headers) });
}

function hostedApp(): Hono<DeviceEnv> {
  return oncePerProcess("hosted device app", () => createDeviceApp({ side: "internal" }));
}
