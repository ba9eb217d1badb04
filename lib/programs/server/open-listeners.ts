import "server-only";
import type { SendHandle } from "node:child_process";
import { env } from "#foundation/platform/env";
import { openListener } from "#foundation/platform/listener";
import type { Listener, ListenerOptions } from "#foundation/platform/listener";
import { openCertificates } from "#foundation/platform/tls/open-certificates";
import { planTls } from "#foundation/platform/tls/plan";
import type { ListenerName } from "#programs/server/messages";

export type Listeners = {
  readonly internal: Listener;
  /** The same as the internal one, over TLS. */
  readonly internalTls: Listener | null;
  readonly external: Listener | null;
};

type Opening = {
  readonly running: AsyncDisposableStack;
  /** Sockets that already listen; without one, the port is bound. */
  readonly sockets: ReadonlyMap<ListenerName, SendHandle>;
  readonly drainMs: () => number;
  /** Whether this process logs what happens to the certificates. */
  readonly isReporting: boolean;
};

/** Opens every listener of the settings. Each answers 503 until it serves. */
export async function openListeners({
  running,
  sockets,
  drainMs,
  isReporting,
}: Opening): Promise<Listeners> {
  const { PORT, EXTERNAL_PORT, HOST, REQUEST_TIMEOUT_SECONDS } = env();
  const requestTimeoutMs = REQUEST_TIMEOUT_SECONDS * 1000;
  const tls = planTls(env());
  const certificates = await openCertificates(tls, { running, isReporting });
  const open = async (
    name: ListenerName,
    options: Omit<ListenerOptions, "host" | "requestTimeoutMs" | "socket">,
  ): Promise<Listener> => {
    const socket = sockets.get(name);
    const listener = await openListener({ ...options, socket, host: HOST, requestTimeoutMs });
    running.defer(() => listener.close(drainMs()));
    return listener;
  };
  const internal = await open("internal", { port: PORT, setting: "PORT", certificate: null });
  const internalTls =
    tls.internal === null
      ? null
      : await open("internalTls", {
          port: tls.internal.port,
          setting: "TLS_PORT",
          certificate: certificates.internal,
        });
  const external =
    EXTERNAL_PORT === undefined
      ? null
      : await open("external", {
          port: EXTERNAL_PORT,
          setting: "EXTERNAL_PORT",
          certificate: certificates.external,
        });
  return { internal, internalTls, external };
}
