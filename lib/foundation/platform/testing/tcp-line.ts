import type { Socket } from "node:net";
import { connect, createServer } from "node:net";
import { listenOnLoopback } from "#foundation/platform/testing/loopback";

/** A TCP proxy that a test can cut. */
export type TcpLine = {
  readonly port: number;
  /** Simulates a server that was killed: connections break, and new ones fail. */
  readonly cut: () => void;
  /** Simulates a server that hangs: connections stay and are accepted, and nothing passes. */
  readonly freeze: () => void;
  /** Lets connections pass again. Ends those that hang. */
  readonly mend: () => void;
  readonly close: () => void;
};

/** Opens a proxy to a server, on a free port of the loopback address. */
export async function openTcpLine(target: {
  readonly host: string;
  readonly port: number;
}): Promise<TcpLine> {
  const sockets = new Set<Socket>();
  let state: "open" | "cut" | "frozen" = "open";

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

  function endAll(): void {
    for (const socket of sockets) {
      socket.destroy();
    }
  }

  const server = createServer((socket) => {
    if (state === "cut") {
      socket.destroy();
      return;
    }
    if (state === "frozen") {
      sockets.add(socket);
      socket.on("error", () => undefined);
      return;
    }
    const there = connect(target);
    join(socket, there);
    join(there, socket);
  });
  const port = await listenOnLoopback(server);
  return {
    port,
    cut: () => {
      state = "cut";
      endAll();
    },
    freeze: () => {
      state = "frozen";
      for (const socket of sockets) {
        socket.unpipe();
        socket.pause();
      }
    },
    mend: () => {
      if (state === "frozen") {
        endAll();
      }
      state = "open";
    },
    close: () => {
      endAll();
      server.close();
    },
  };
}
