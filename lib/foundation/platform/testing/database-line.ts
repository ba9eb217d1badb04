import type { Socket } from "node:net";
import { connect, createServer } from "node:net";
import process from "node:process";
import { listenOnLoopback } from "#foundation/platform/testing/loopback";

export type DatabaseLine = {
  /** Simulates an outage of PostgreSQL: connections break, and new ones fail. */
  readonly cut: () => void;
  readonly mend: () => void;
  readonly close: () => void;
};

/**
 * Puts a TCP proxy between this process and PostgreSQL, which a test can cut. Call it before the first connection,
 * because the address of the database is read once.
 */
export async function openDatabaseLine(): Promise<DatabaseLine> {
  const url = new URL(process.env.DATABASE_URL ?? "");
  const target = { host: url.hostname, port: Number(url.port) };
  const sockets = new Set<Socket>();
  let isCut = false;

  function join(from: Socket, to: Socket): void {
    sockets.add(from);
    // "close" follows and destroys the other end.
    from.on("error", () => undefined);
    from.on("close", () => {
      sockets.delete(from);
      to.destroy();
    });
    from.pipe(to);
  }

  const server = createServer((socket) => {
    if (isCut) {
      socket.destroy();
      return;
    }
    const database = connect(target);
    join(socket, database);
    join(database, socket);
  });
  url.hostname = "127.0.0.1";
  url.port = String(await listenOnLoopback(server));
  process.env.DATABASE_URL = url.href;
  return {
    cut: () => {
      isCut = true;
      for (const socket of sockets) {
        socket.destroy();
      }
    },
    mend: () => {
      isCut = false;
    },
    close: () => {
      server.close();
    },
  };
}
