import "server-only";
import { Socket } from "node:net";
import type { DeviceContext } from "#phones/device-api/device-env";
import { isTrustedProxy } from "#phones/device-api/source-address";
import { env } from "#foundation/platform/env";

/**
 * The phone's own TCP connection. Null behind a proxy, which may send the requests of several phones over one
 * connection: if one phone authenticated, all would count as authenticated. `NTLM_BEHIND_PROXY` declares that the proxy
 * keeps phones apart.
 */
export function phoneConnection({ env: { incoming } }: DeviceContext): Socket | null {
  const socket = incoming?.socket;
  if (!(socket instanceof Socket)) {
    return null;
  }
  const isOwn = env().NTLM_BEHIND_PROXY || !isTrustedProxy(socket.remoteAddress ?? "");
  return isOwn ? socket : null;
}
