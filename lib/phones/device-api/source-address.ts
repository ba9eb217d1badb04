import "server-only";
import type { IncomingMessage } from "node:http";
import type { DeviceContext } from "#phones/device-api/device-env";
import { env } from "#foundation/platform/env";
import { clientAddress, UNKNOWN_ADDRESS } from "#foundation/platform/http/client-address";
import { toRangeTest } from "#foundation/platform/ip-ranges";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** By connection: its other end does not change, and to look it up in ranges takes longer than to read a check. */
const internalPeers = new WeakMap<object, string | null>();

/** Where a request comes from; `unknown`, which lies in no network, where nobody can tell. */
export function sourceAddress({ env: bindings, req }: DeviceContext): string {
  const peer = bindings.incoming?.socket.remoteAddress;
  if (peer === undefined) {
    return bindings.address ?? UNKNOWN_ADDRESS;
  }
  const forwardedFor = req.header("x-forwarded-for") ?? null;
  return clientAddress({ peer, forwardedFor }, networks().isTrustedProxy);
}

/** Where a request of Node's own server comes from. */
export function socketAddress({ socket, headers }: IncomingMessage): string {
  const peer = socket.remoteAddress ?? UNKNOWN_ADDRESS;
  const forwardedFor = headers["x-forwarded-for"];
  const hop = { peer, forwardedFor: forwardedFor === undefined ? null : String(forwardedFor) };
  return clientAddress(hop, networks().isTrustedProxy);
}

/** The same, if that is inside the firewall; null where it is not. */
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

/** Whether requests from this address are passed on for others. */
export function isTrustedProxy(address: string): boolean {
  return networks().isTrustedProxy(address);
}

/** The address behind a peer, as far as trusted proxies vouch for it. */
export function throughProxies(peer: string, headers: Headers): string {
  const forwardedFor = headers.get("x-forwarded-for");
  return clientAddress({ peer, forwardedFor }, networks().isTrustedProxy);
}

function networks() {
  return oncePerProcess("device networks", () => ({
    isInternal: toRangeTest(env().INTERNAL_NETWORKS),
    isTrustedProxy: toRangeTest(env().TRUSTED_PROXIES),
  }));
}
