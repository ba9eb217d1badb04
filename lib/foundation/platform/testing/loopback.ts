import { once } from "node:events";
import { createServer } from "node:net";
import type { Server } from "node:net";

/** Starts a server on a free port of the loopback address, and returns the port. */
export async function listenOnLoopback(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) {
    throw new Error("the server has no port");
  }
  return address.port;
}

/** Returns a loopback port that was just free, for a program that needs a given port. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  const port = await listenOnLoopback(probe);
  probe.close();
  await once(probe, "close");
  return port;
}
