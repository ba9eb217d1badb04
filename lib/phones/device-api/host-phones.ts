import "server-only";
import { SOCKET_ADDRESS_HEADER } from "#access/auth/server/caller-address";
import { isOwnServerRunning } from "#foundation/platform/own-server";
import { addPeerHeaders, setRequestHeader } from "#foundation/platform/request-headers";

/** If Next is the host, passes the peer address of each request to its routes. `npm start` does this itself. */
export function hostPhones(): void {
  if (!isOwnServerRunning()) {
    addPeerHeaders((request, address) => {
      setRequestHeader(request, SOCKET_ADDRESS_HEADER, address);
    });
  }
}
