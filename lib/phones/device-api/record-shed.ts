import "server-only";
import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { recorderState } from "#phones/check-log/server/recorder";
import { refuseCheck } from "#phones/check-log/server/refuse-check";
import { lyncHandlerPath } from "#phones/device-api/lync-paths";
import { socketAddress } from "#phones/device-api/source-address";
import type { Dialect, Side } from "#fleet/devices/model";
import { SIDES } from "#fleet/devices/model";
import { findAsker } from "#formats/protocol/find-asker";
import { CHECK_PATHS } from "#formats/protocol/json";

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

/** What a phone says of itself fits; a longer body is not looked at. */
const MAX_LOOKED_AT_BYTES = 4 * 1024;

/**
 * Puts a check on record that was sent away, on a listener of the given side, with what it says of itself where its body is
 * small: nothing else is done with the body. While much waits to be written it is only counted.
 */
export function recordShed(incoming: IncomingMessage, listener: Side): void {
  const door = doorOf(incoming);
  if (door === undefined || (listener === "external" && door.side === "internal")) {
    return;
  }
  if ((recorderState().writer?.fill() ?? 0) <= MOST_FILL) {
    const refused = {
      ...door,
      now: new Date(),
      address: socketAddress(incoming),
      outcome: "unavailable",
      refusal: "Too many phones ask at once.",
      accountName: null,
      poolId: null,
      isProbe: false,
      isLogUpload: false,
    } as const;
    readSmall(incoming, (body) => {
      refuseCheck({ ...refused, asker: findAsker(body) });
    });
  }
}

/** Calls back with the body once it is there; at once, and with nothing, where it is not small. */
function readSmall(incoming: IncomingMessage, done: (body: string) => void): void {
  const sizeBytes = Number(incoming.headers["content-length"] ?? Number.NaN);
  if (!(sizeBytes <= MAX_LOOKED_AT_BYTES)) {
    done("");
    return;
  }
  const chunks: Buffer[] = [];
  incoming.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
  });
  // Also where the sender leaves in the middle.
  incoming.once("close", () => {
    done(Buffer.concat(chunks).toString("utf8"));
  });
}

function doorOf({ method, url = "" }: IncomingMessage): Door | undefined {
  const [path = ""] = url.toLowerCase().split("?", 1);
  return method === "POST" ? DOORS.get(path) : undefined;
}
