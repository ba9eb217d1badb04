import "server-only";
import type { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { AppError } from "#foundation/core/errors";
import { env } from "#foundation/platform/env";
import { UNKNOWN_ADDRESS } from "#foundation/platform/http/client-address";
import { addressBehindProxies, isTrustedProxy } from "#foundation/platform/http/trusted-proxies";
import { toRangeTest } from "#foundation/platform/ip-ranges";
import { oncePerProcess } from "#foundation/platform/once-per-process";
import type { DeviceContext } from "#phones/device-api/device-env";

/** Cached by connection: the peer does not change, and looking it up in the ranges takes longer than parsing a check. */
const internalPeers = new WeakMap<object, string | null>();

/** The source address of a request; `unknown`, which is in no network, if it cannot be determined. */
export function sourceAddress({ env: bindings, req }: DeviceContext): string {
  const peer = bindings.incoming?.socket.remoteAddress;
  if (peer === undefined) {
    return bindings.address ?? UNKNOWN_ADDRESS;
  }
  return addressBehindProxies(peer, req.header("x-forwarded-for"));
}

/** The source address of a request of Node's HTTP server. */
export function socketAddress({ socket, headers }: IncomingMessage): string {
  return addressBehindProxies(socket.remoteAddress ?? UNKNOWN_ADDRESS, headers["x-forwarded-for"]);
}

/** The source address, if it is inside the firewall; otherwise null. */
export function internalAddress(incoming: IncomingMessage): string | null {
  const { socket, headers } = incoming;
  if (headers["x-forwarded-for"] !== undefined) {
    return onlyInternal(socketAddress(incoming));
  }
  let address = internalPeers.get(socket);
  if (address === undefined) {
    address = onlyInternal(socketAddress(incoming));
    internalPeers.set(socket, address);
  }
  return address;
}

function onlyInternal(address: string): string | null {
  return isInternalAddress(address) ? address : null;
}

/** Whether an address belongs to the networks inside the firewall. */
export function isInternalAddress(address: string): boolean {
  return networks().isInternal(address);
}

function networks() {
  return oncePerProcess("device networks", () => ({
    isInternal: toRangeTest(env().INTERNAL_NETWORKS),
  }));
}

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
