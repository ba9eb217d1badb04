import "server-only";

/** Our own listener sets this header on every request and overwrites a value from the client. */
export const SOCKET_ADDRESS_HEADER = "x-ucupdates-address";

/** The client's address as our listener saw it; `unknown` if another server runs the app. */
export function socketAddress(headers: Headers): string {
  return headers.get(SOCKET_ADDRESS_HEADER) ?? "unknown";
}
