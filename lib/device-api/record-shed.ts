import "server-only";
import type { IncomingMessage } from "node:http";
import { recorderState } from "#lib/check/server/recorder";
import { refuseCheck } from "#lib/check/server/refuse-check";
import { lyncHandlerPath } from "#lib/device-api/lync-paths";
import { socketAddress } from "#lib/device-api/source-address";
import type { Dialect, Side } from "#lib/devices/model";
import { SIDES } from "#lib/devices/model";
import { CHECK_PATHS } from "#lib/protocol/json";

type Door = { readonly side: Side; readonly dialect: Dialect };

/** Where checks come in, lower case. */
const DOORS: ReadonlyMap<string, Door> = new Map(
  SIDES.flatMap((side): readonly (readonly [string, Door])[] => [
    [CHECK_PATHS[side], { side, dialect: "json" }],
    [lyncHandlerPath(side), { side, dialect: "lync" }],
  ]),
);

/** Beyond this, the room is for checks that were answered. */
const MOST_FILL = 0.25;

/**
 * Puts a check on record that was sent away unread, on a listener of the given side: all that is known of it is where it
 * came from. While much waits to be written it is only counted.
 */
export function recordShed(incoming: IncomingMessage, listener: Side): void {
  const door = doorOf(incoming);
  if (door === undefined || (listener === "external" && door.side === "internal")) {
    return;
  }
  if ((recorderState().writer?.fill() ?? 0) <= MOST_FILL) {
    const address = socketAddress(incoming);
    refuseCheck({ now: new Date(), ...door, address, isProbe: false, outcome: "unavailable" });
  }
}

function doorOf({ method, url = "" }: IncomingMessage): Door | undefined {
  const [path = ""] = url.toLowerCase().split("?", 1);
  return method === "POST" ? DOORS.get(path) : undefined;
}
