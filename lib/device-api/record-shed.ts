import "server-only";
import type { IncomingMessage } from "node:http";
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

/** Puts a check on record that was sent away unread: all that is known of it is where it came from. */
export function recordShed(incoming: IncomingMessage): void {
  const [path = ""] = (incoming.url ?? "").toLowerCase().split("?", 1);
  const door = incoming.method === "POST" ? DOORS.get(path) : undefined;
  if (door !== undefined) {
    const address = socketAddress(incoming);
    refuseCheck({ now: new Date(), ...door, address, isProbe: false, outcome: "unavailable" });
  }
}
