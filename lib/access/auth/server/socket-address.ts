import "server-only";

/** Set by our own listener on every request, over whatever the client sent under that name. */
export const SOCKET_ADDRESS_HEADER = "x-ucupdates-address";

/** Where a request came from, as our listener saw it; `unknown` under a host that is not ours. */
export function socketAddress(headers: Headers): string {
  return headers.get(SOCKET_ADDRESS_HEADER) ?? "unknown";
}
