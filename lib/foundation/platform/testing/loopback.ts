import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import type { Server } from "node:net";
import process from "node:process";
import { errorCode } from "#foundation/core/error-code";

/** Below the ports that systems give to programs that need any, and a range for each of the processes that run tests. */
const FIRST_PORT = 12_000;
const RANGE = 2_000;
const RANGES = 9;

let next = randomInt(RANGE);

/** Starts a server on a free port of the loopback address, and returns the port. */
export async function listenOnLoopback(server: Server, wanted = 0): Promise<number> {
  server.listen(wanted, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) {
    throw new Error("the server has no port");
  }
  return address.port;
}

/** Returns a free loopback port for a program that needs a given port. No other test gets it, also before it is used. */
export async function freePort(): Promise<number> {
  const range = FIRST_PORT + (Number(process.env.VITEST_POOL_ID ?? 0) % RANGES) * RANGE;
  for (let attempt = 0; attempt < RANGE; attempt += 1) {
    next = (next + 1) % RANGE;
    const probe = createServer();
    try {
      const port = await listenOnLoopback(probe, range + next);
      probe.close();
      await once(probe, "close");
      return port;
    } catch (error) {
      if (errorCode(error) !== "EADDRINUSE") {
        throw error;
      }
    }
  }
  throw new Error(`no port from ${range} is free`);
}
