import "server-only";
import { UNKNOWN_ADDRESS } from "#foundation/platform/http/client-address";
import { throughProxies } from "#foundation/platform/http/trusted-proxies";

/** The address of the socket. Our own listener sets this header on every request and overwrites a value from the client. */
export const SOCKET_ADDRESS_HEADER = "x-ucupdates-address";

/**
 * The address of the client, also behind a trusted proxy: attempts to sign in are counted by it, and its other users must
 * not be refused for them. `unknown` if another server runs the app.
 */
export function callerAddress(headers: Headers): string {
  return throughProxies(headers.get(SOCKET_ADDRESS_HEADER) ?? UNKNOWN_ADDRESS, headers);
}
