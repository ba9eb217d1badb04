import { once } from "node:events";
import { createServer } from "node:net";
import type { Server } from "node:net";

/** Lets a server listen on a free port of this machine alone, and returns the port. */
export async function listenOnLoopback(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) {
    throw new Error("the server has no port");
  }
  return address.port;
}

/** A port of loopback that was free a moment ago, for a program that has to be told one. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  const port = await listenOnLoopback(probe);
  probe.close();
  await once(probe, "close");
  return port;
}
