import "server-only";
import { getRequestListener } from "@hono/node-server";
import { createDeviceApp } from "#phones/device-api/app";
import type { NativeListener } from "#phones/device-api/device-env";
import { loadGate } from "#phones/device-api/load-gate";
import { answerProbe } from "#phones/device-api/probes";
import { checkFastPath } from "#phones/device-api/check-fast-path";
import type { Side } from "#fleet/devices/model";

/** The device API as a request listener of Node's HTTP server. Runs before every other handler. */
export function deviceListener(side: Side): NativeListener {
  const app = getRequestListener(createDeviceApp({ side }).fetch, {
    // The global classes stay those of Node.js, as where Next alone is the host.
    overrideGlobalObjects: false,
  });
  const toApp: NativeListener = (incoming, outgoing) => void app(incoming, outgoing);
  const answer = loadGate(side, side === "internal" ? checkFastPath(toApp) : toApp);
  // Before the load gate: a supervisor must not restart a process because it is busy.
  return (incoming, outgoing) => {
    if (!answerProbe(incoming, outgoing)) {
      answer(incoming, outgoing);
    }
  };
}
