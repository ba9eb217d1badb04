import "server-only";
import type { Side } from "#fleet/devices/model";
import {
  PROVISIONING_CONTENT_TYPE,
  PROVISIONING_PATHS,
  writeProvisioning,
} from "#formats/protocol/provisioning-xml";
import type { DeviceCaller, DeviceContext } from "#phones/device-api/device-env";
import type { Endpoint } from "#phones/device-api/endpoint";
import { filesBelow } from "#phones/device-api/files";
import { logHandler } from "#phones/device-api/log-handler";
import { lyncHandler } from "#phones/device-api/lync-handler";
import { lyncFilesRoots, lyncHandlerPath } from "#phones/device-api/lync-paths";
import { refusalRecorder } from "#phones/device-api/record-refusal";
import { provisionUser } from "#phones/home-pools/server/provision-user";

/** The endpoints of Lync Phone Edition: the request handler, and the images under both URL families. */
export function lyncEndpoints(side: Side): readonly Endpoint[] {
  return [
    {
      path: lyncHandlerPath(side),
      side,
      dialect: "lync",
      handlers: { POST: lyncHandler },
      onRefused: refusalRecorder({ dialect: "lync" }),
    },
    ...lyncFilesRoots(side).map((root): Endpoint => {
      const sendFile = filesBelow(root);
      return {
        path: `${root}/*`,
        side,
        dialect: "lync",
        handlers: { GET: sendFile, HEAD: sendFile },
      };
    }),
  ];
}

const LOG_PATHS = {
  internal: "/api/update/logs",
  external: "/api/update/external/logs",
} as const satisfies Record<Side, string>;

/** The upload path of the JSON dialect. Lync phones upload logs to the path of their checks. */
export function logEndpoint(side: Side): Endpoint {
  return {
    path: LOG_PATHS[side],
    side,
    dialect: "json",
    handlers: { POST: logHandler("json") },
    onRefused: refusalRecorder({ dialect: "json", isLogPath: true }),
  };
}

/** Serves the provisioning document that a SIP server sends to the phone of a user who signs in. */
export function provisioningEndpoint(side: Side): Endpoint {
  return {
    path: PROVISIONING_PATHS[side],
    side,
    dialect: "lync",
    handlers: { GET: sendProvisioning },
  };
}

function sendProvisioning(c: DeviceContext, { caller }: DeviceCaller): Response {
  const user = c.req.query("user") ?? null;
  return new Response(writeProvisioning(provisionUser({ user, caller })), {
    headers: { "content-type": PROVISIONING_CONTENT_TYPE, "cache-control": "no-store" },
  });
}
