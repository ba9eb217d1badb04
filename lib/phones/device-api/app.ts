import "server-only";
import { Hono } from "hono";
import { FILES_ROOTS } from "#phones/check/answer";
import { AppError } from "#foundation/core/errors";
import { checkHandler } from "#phones/device-api/check-handler";
import type { DeviceEnv } from "#phones/device-api/device-env";
import type { Endpoint } from "#phones/device-api/endpoint";
import { mount, refuse, refuseUnknownPath } from "#phones/device-api/endpoint";
import { filesBelow } from "#phones/device-api/files";
import { isBelow } from "#phones/device-api/is-device-path";
import {
  logEndpoint,
  lyncEndpoints,
  provisioningEndpoint,
} from "#phones/device-api/phone-endpoints";
import { LYNC_ROOTS, routedPath } from "#phones/device-api/lync-paths";
import { refusalRecorder } from "#phones/device-api/record-refusal";
import type { Side } from "#fleet/devices/model";
import { SIDES } from "#fleet/devices/model";
import { CHECK_PATHS } from "#formats/protocol/json";

/** Every path below these roots belongs to the external side, whether it exists or not. */
const EXTERNAL_ROOTS = ["/api/update/external", ...LYNC_ROOTS.external] as const;

/**
 * The device API. The internal listener serves all paths. The external listener serves only the external paths and
 * answers 404 for every other path.
 */
export function createDeviceApp({ side }: { readonly side: Side }): Hono<DeviceEnv> {
  const app = new Hono<DeviceEnv>({ getPath: routedPath });
  for (const servedSide of side === "internal" ? SIDES : (["external"] as const)) {
    for (const endpoint of [...jsonEndpoints(servedSide), ...lyncEndpoints(servedSide)]) {
      mount(app, endpoint);
    }
    mount(app, provisioningEndpoint(servedSide));
    mount(app, logEndpoint(servedSide));
  }
  app.notFound((c) => {
    if (EXTERNAL_ROOTS.some((root) => isBelow(root, c.req.path))) {
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
      dialect: "json",
      handlers: { POST: checkHandler("json") },
      onRefused: refusalRecorder({ dialect: "json" }),
    },
    { path: `${root}/*`, side, dialect: "json", handlers: { GET: sendFile, HEAD: sendFile } },
  ];
}
