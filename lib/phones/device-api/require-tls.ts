import "server-only";
import { TLSSocket } from "node:tls";
import { AppError } from "#foundation/core/errors";
import type { DeviceContext } from "#phones/device-api/device-env";
import { isTrustedProxy } from "#phones/device-api/source-address";
import { toRangeTest } from "#foundation/platform/ip-ranges";

const isThisMachine = toRangeTest(["127.0.0.0/8", "::1/128"]);

/**
 * Accepts credentials over TLS only: that of this service, or that of a declared proxy, which is then responsible for
 * it. Connections within this machine cross no network. Without a socket, the host (Next) is responsible.
 * (docs/decisions/0009-https-outside.md)
 */
export function requireTls({ env: { incoming } }: DeviceContext): void {
  const socket = incoming?.socket;
  if (socket === undefined || socket instanceof TLSSocket) {
    return;
  }
  const peer = socket.remoteAddress ?? "";
  if (!isThisMachine(peer) && !isTrustedProxy(peer)) {
    throw new AppError(
      "forbidden",
      "Credentials are accepted over HTTPS only. Use HTTPS, or a proxy that TRUSTED_PROXIES names.",
    );
  }
}
