import "server-only";
import { env } from "#foundation/platform/env";
import { clientAddress } from "#foundation/platform/http/client-address";
import { toRangeTest } from "#foundation/platform/ip-ranges";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** Whether this address is a trusted proxy. */
export function isTrustedProxy(address: string): boolean {
  return proxies().isTrusted(address);
}

/** The client address behind a peer: forwarded addresses are accepted from trusted proxies only. */
export function throughProxies(peer: string, headers: Headers): string {
  return addressBehindProxies(peer, headers.get("x-forwarded-for"));
}

/** The same by the value of `X-Forwarded-For`, as Node or the web's `Headers` have it. */
export function addressBehindProxies(
  peer: string,
  forwardedFor: string | string[] | null | undefined,
): string {
  return clientAddress({ peer, forwardedFor: forwardedFor?.toString() ?? null }, isTrustedProxy);
}

function proxies() {
  return oncePerProcess("trusted proxies", () => ({
    isTrusted: toRangeTest(env().TRUSTED_PROXIES),
  }));
}
