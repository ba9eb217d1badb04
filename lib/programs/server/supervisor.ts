import "server-only";
import type { SendHandle } from "node:child_process";
import process from "node:process";
import { claimDataDirectory, prepareDataDirectory } from "#foundation/platform/data-directory";
import { reachDatabase } from "#foundation/platform/db/reach";
import { env } from "#foundation/platform/env";
import { log, nameProcess } from "#foundation/platform/log";
import { stopRequest } from "#foundation/platform/stop-request";
import type { Child, Program } from "#programs/server/child";
import { startChild } from "#programs/server/child";
import { measuring } from "#programs/server/measure-children";
import type { Measuring } from "#programs/server/measure-children";
import type { ListenerName, Report } from "#programs/server/messages";
import { reportFailure } from "#programs/server/report-failure";

/** A port that this process keeps open, so that connections wait in its queue while a process for phones is replaced. */
type BoundSocket = {
  readonly listener: ListenerName;
  readonly port: number;
  readonly isTls: boolean;
  readonly socket: SendHandle;
};

/** The first process that fails to start ends the start of the server; it has told the reason. */
class FailedStart extends Error {}

/**
 * Starts the processes of the server, keeps them running and stops them in order. It does none of their work: it owns the
 * ports, the database and the data directory. Resolves to the exit code.
 */
export async function supervise(): Promise<number> {
  process.noDeprecation = true;
  nameProcess("supervisor");
  process.title = "ucupdates supervisor";
  const stopping = stopRequest();
  // Everything that was started is stopped in reverse order, also if a later start fails.
  const running = new AsyncDisposableStack();
  const { promise: failure, reject: fail } = Promise.withResolvers<never>();
  const started = start(running, () => {
    fail(new FailedStart());
  });
  try {
    await Promise.race([started, failure]);
    const signal = await stopping;
    log().info({ signal }, "stopping");
    await running.disposeAsync();
    return 0;
  } catch (error) {
    await running.disposeAsync().catch((stopError: unknown) => {
      log().error({ err: stopError }, "could not stop cleanly");
    });
    if (!(error instanceof FailedStart)) {
      reportFailure(error);
    }
    return 1;
  }
}

async function start(running: AsyncDisposableStack, fail: () => void): Promise<void> {
  const { DATA_DIRECTORY } = env();
  const preparation = await beginPreparation(running, fail);
  await prepareDataDirectory(DATA_DIRECTORY);
  const database = await reachDatabase();
  running.defer(database.close);
  const claim = await claimDataDirectory(DATA_DIRECTORY);
  running.defer(claim.release);
  const generatedPassword = await preparation.finish();
  await startPrograms(running, { sockets: preparation.sockets, fail });
  announce(preparation.sockets, generatedPassword);
}

type Preparation = {
  readonly sockets: readonly BoundSocket[];
  /** Resolves to the password of the first administrator, if one was generated. */
  readonly finish: () => Promise<string | null>;
};

/** Resolves once all ports are bound. A process of its own binds them, because it explains why one cannot be used. */
async function beginPreparation(
  running: AsyncDisposableStack,
  fail: () => void,
): Promise<Preparation> {
  const sockets: BoundSocket[] = [];
  const bound = Promise.withResolvers<undefined>();
  const prepared = Promise.withResolvers<string | null>();
  let isPrepared = false;
  const child = startChild({
    name: "prepare",
    program: "prepare",
    isStarting: () => true,
    onFailedStart: () => {
      if (!isPrepared) {
        fail();
      }
    },
    onReport: (_, report, socket) => {
      if (report.kind === "bound") {
        sockets.push({ ...report, socket });
      } else if (report.kind === "all_bound") {
        bound.resolve(undefined);
      } else if (report.kind === "prepared") {
        isPrepared = true;
        prepared.resolve(report.generatedPassword);
      }
    },
  });
  running.defer(() => {
    child.kill();
  });
  await bound.promise;
  return {
    sockets,
    finish: async () => {
      child.send({ kind: "begin" });
      return prepared.promise;
    },
  };
}

type Starting = { readonly sockets: readonly BoundSocket[]; readonly fail: () => void };

/** Resolves once phones and people are answered. The worker, on which no request waits, leaves them the processors until then. */
async function startPrograms(
  running: AsyncDisposableStack,
  { sockets, fail }: Starting,
): Promise<void> {
  const children: Child[] = [];
  const measure = measuring(children);
  const all: Promise<void>[] = [];
  let isStarting = true;
  const add = (name: string, program: Program): Child => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    all.push(promise);
    const child = startChild({
      name,
      program,
      isStarting: () => isStarting,
      onFailedStart: fail,
      onReport: (one, report) => {
        if (report.kind === "ready") {
          resolve(undefined);
        }
        takeReport(one, report, { sockets: program === "phones" ? sockets : [], measure });
      },
    });
    children.push(child);
    return child;
  };
  // Stopped in reverse order: phones first, so that what they pass on still finds the panel.
  let worker: Child | null = null;
  running.defer(() => worker?.stop());
  running.defer(add("panel", "panel").stop);
  const phones = Array.from({ length: env().PHONE_PROCESSES }, (_, index) =>
    add(`phones-${index + 1}`, "phones"),
  );
  running.defer(async () => {
    sockets.forEach(({ socket }) => {
      close(socket);
    });
    await Promise.all(phones.map((child) => child.stop()));
  });
  await Promise.all(all);
  isStarting = false;
  worker = add("worker", "worker");
}

function takeReport(
  child: Child,
  report: Report,
  { sockets, measure }: { readonly sockets: readonly BoundSocket[]; readonly measure: Measuring },
): void {
  if (report.kind === "started") {
    sockets.forEach(({ listener, socket }) => {
      child.send({ kind: "listen", listener }, socket);
    });
    child.send({ kind: "begin" });
  } else if (report.kind === "collect") {
    void measure.collect(child, report.id);
  } else if (report.kind === "metrics") {
    measure.take(report);
  }
}

/** The bare socket of a listener has this function, which the type of what can be sent does not show. */
function close(socket: SendHandle): void {
  if (socket !== undefined && "close" in socket) {
    socket.close();
  }
}

function announce(sockets: readonly BoundSocket[], generatedPassword: string | null): void {
  const { PUBLIC_URL, TRUSTED_PROXIES } = env();
  const find = (name: ListenerName): BoundSocket | undefined =>
    sockets.find(({ listener }) => listener === name);
  const internalTls = find("internalTls");
  const tls = internalTls === undefined ? "" : ` and https://localhost:${internalTls.port}`;
  const own = `http://localhost:${find("internal")?.port ?? ""}${tls}`;
  console.log(`ucupdates is ready at ${PUBLIC_URL ?? own}`);
  if (find("external")?.isTls === false && TRUSTED_PROXIES.length === 0) {
    log().warn(
      "EXTERNAL_PORT has no certificate and TRUSTED_PROXIES names no proxy: only a proxy on this machine is answered there.",
    );
  }
  if (generatedPassword !== null) {
    console.log(
      `Sign in as "admin" with the password ${generatedPassword} (it is shown only once).`,
    );
  }
}
