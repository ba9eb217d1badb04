import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { createDeviceApp } from "#lib/device-api/app";
import { passGate } from "#lib/device-api/load-gate";
import type { Side } from "#lib/devices/model";

export type DeviceListener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** The device API as a listener of Node's own HTTP server, in front of everything else. */
export function deviceListener(side: Side): DeviceListener {
  const listener = getRequestListener(createDeviceApp({ side }).fetch, {
    // Next, in the same process, has begun with the real ones; `instanceof` would tell them apart.
    overrideGlobalObjects: false,
  });
  return (incoming, outgoing) => {
    passGate(incoming, outgoing, () => void listener(incoming, outgoing));
  };
}
