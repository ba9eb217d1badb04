import "server-only";
import type { DeviceCaller, DeviceContext } from "#lib/device-api/device-env";
import type { Endpoint } from "#lib/device-api/endpoint";
import type { Side } from "#lib/devices/model";
import { provisionUser } from "#lib/homes/server/provision-user";
import {
  PROVISIONING_CONTENT_TYPE,
  PROVISIONING_PATHS,
  writeProvisioning,
} from "#lib/protocol/provisioning-xml";

/** What a SIP server would tell the phone of somebody who signs in. */
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
