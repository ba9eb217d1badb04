import "server-only";
import type { SendHandle } from "node:child_process";
import process from "node:process";
import { isPassingOutage } from "#foundation/platform/db/unavailable";
import { log, nameProcess } from "#foundation/platform/log";
import { answerCollected, answerMeasure } from "#programs/server/collect-metrics";
import type { ListenerName, Order } from "#programs/server/messages";
import { DATABASE_AWAY_EXIT_CODE, isOrder } from "#programs/server/messages";
import { reportFailure } from "#programs/server/report-failure";
import { tell } from "#programs/server/tell";

/** What the supervisor gave to a process before its start. */
export type Given = {
  readonly sockets: ReadonlyMap<ListenerName, SendHandle>;
  /** Whether the supervisor is gone: there is little time to stop. */
  readonly isOrphan: () => boolean;
};

/** An orphan ends within this time: a new supervisor may already start. */
const ORPHAN_ENDS_WITHIN_MS = 5_000;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs one process of the server until the supervisor orders it to stop or is gone; then everything that `start` deferred
 * is stopped in reverse order. Ends the process.
 */
export async function runChild(
  start: (running: AsyncDisposableStack, given: Given) => Promise<void>,
): Promise<never> {
  // As in the command line: Prisma's PostgreSQL adapter calls its driver in a deprecated way.
  process.noDeprecation = true;
  const [, , name = "process"] = process.argv;
  nameProcess(name);
  process.title = `ucupdates ${name}`;
  // A terminal and a service manager signal every process of the group, but only the supervisor knows the order.
  SIGNALS.forEach((signal) => process.on(signal, () => undefined));
  const running = new AsyncDisposableStack();
  const { given, begun, stopping } = receiveOrders();
  try {
    const hasBegun = await Promise.race([begun.then(() => true), stopping.then(() => false)]);
    if (hasBegun) {
      await start(running, given);
      tell({ kind: "ready" });
      await stopping;
    }
    await running.disposeAsync();
    process.exit(0);
  } catch (error) {
    await running.disposeAsync().catch((stopError: unknown) => {
      log().error({ err: stopError }, "could not stop cleanly");
    });
    reportFailure(error);
    process.exit(isPassingOutage(error) ? DATABASE_AWAY_EXIT_CODE : 1);
  }
}

function receiveOrders(): {
  readonly given: Given;
  readonly begun: Promise<void>;
  readonly stopping: Promise<void>;
} {
  const sockets = new Map<ListenerName, SendHandle>();
  let isOrphan = false;
  const begun = Promise.withResolvers<undefined>();
  const stopping = Promise.withResolvers<undefined>();
  const orphan = (): void => {
    isOrphan = true;
    stopping.resolve(undefined);
    setTimeout(() => process.exit(1), ORPHAN_ENDS_WITHIN_MS).unref();
  };
  process.once("disconnect", orphan);
  process.on("message", (message: unknown, socket: SendHandle) => {
    if (isOrder(message)) {
      take(message, { sockets, socket, begin: begun.resolve, stop: stopping.resolve });
    }
  });
  if (process.connected) {
    tell({ kind: "started" });
  } else {
    orphan();
  }
  return {
    given: { sockets, isOrphan: () => isOrphan },
    begun: begun.promise,
    stopping: stopping.promise,
  };
}

type Taking = {
  readonly sockets: Map<ListenerName, SendHandle>;
  readonly socket: SendHandle;
  readonly begin: (value: undefined) => void;
  readonly stop: (value: undefined) => void;
};

function take(order: Order, { sockets, socket, begin, stop }: Taking): void {
  switch (order.kind) {
    case "listen":
      sockets.set(order.listener, socket);
      break;
    case "begin":
      begin(undefined);
      break;
    case "stop":
      stop(undefined);
      break;
    case "measure":
      void answerMeasure(order.id);
      break;
    case "collected":
      answerCollected(order);
  }
}
