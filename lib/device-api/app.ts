import "server-only";
import { Hono } from "hono";
import { FILES_ROOTS } from "#lib/check/answer";
import { AppError } from "#lib/core/errors";
import type { DeviceEnv } from "#lib/device-api/device-env";
import type { Endpoint } from "#lib/device-api/endpoint";
import { mount, refuse, refuseUnknownPath } from "#lib/device-api/endpoint";
import { filesBelow } from "#lib/device-api/files";
import { isBelow } from "#lib/device-api/is-device-path";
import { answerJsonCheck } from "#lib/device-api/json-check";
import { refusalRecorder } from "#lib/device-api/record-refusal";
import type { Side } from "#lib/devices/model";
import { SIDES } from "#lib/devices/model";
import { CHECK_PATHS } from "#lib/protocol/json";

/** What lies outside the firewall lies below this path, whether it exists or not. */
const EXTERNAL_ROOT = "/api/update/external";

/**
 * The device API. The internal listener serves all of it, the external one only the external paths: there, nothing else
 * exists.
 */
export function createDeviceApp({ side }: { readonly side: Side }): Hono<DeviceEnv> {
  const app = new Hono<DeviceEnv>();
  for (const servedSide of side === "internal" ? SIDES : (["external"] as const)) {
    for (const endpoint of jsonEndpoints(servedSide)) {
      mount(app, endpoint);
    }
  }
  app.notFound((c) => {
    if (isBelow(EXTERNAL_ROOT, c.req.path)) {
      return refuseUnknownPath(c, "external");
    }
    return side === "internal"
      ? refuseUnknownPath(c, "internal")
      : refuse(c, new AppError("not_found", "There is nothing under this path."));
  });
  app.onError((error, c) => refuse(c, error));
  return app;
}

function jsonEndpoints(side: Side): readonly Endpoint[] {
  const root = FILES_ROOTS[side];
  const sendFile = filesBelow(root);
  return [
    {
      path: CHECK_PATHS[side],
      side,
      handlers: { POST: answerJsonCheck },
      onRefused: refusalRecorder("json"),
    },
    { path: `${root}/*`, side, handlers: { GET: sendFile, HEAD: sendFile } },
  ];
}
