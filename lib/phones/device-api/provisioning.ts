import "server-only";
import type { DeviceCaller, DeviceContext } from "#phones/device-api/device-env";
import type { Endpoint } from "#phones/device-api/endpoint";
import type { Side } from "#fleet/devices/model";
import { provisionUser } from "#phones/home-pools/server/provision-user";
import {
  PROVISIONING_CONTENT_TYPE,
  PROVISIONING_PATHS,
  writeProvisioning,
} from "#formats/protocol/provisioning-xml";

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
