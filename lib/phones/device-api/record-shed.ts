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

type Endpoint = { readonly side: Side; readonly dialect: Dialect };

/** The paths of checks, in lower case. */
const ENDPOINTS: ReadonlyMap<string, Endpoint> = new Map(
  SIDES.flatMap((side): readonly (readonly [string, Endpoint])[] => [
    [CHECK_PATHS[side], { side, dialect: "json" }],
    [lyncHandlerPath(side), { side, dialect: "lync" }],
  ]),
);

/** Above this fill level the write buffer is kept for checks that were answered. */
const MAX_FILL = 0.25;

/** Large enough for the fields that identify a phone. A longer body is not read. */
const MAX_LOOKED_AT_BYTES = 4 * 1024;

/**
 * Records a check that a listener of the given side shed. If the body is small, the record includes how the phone
 * identifies itself; the body is not used otherwise. If the write buffer is too full, the check is only counted.
 */
export function recordShed(incoming: IncomingMessage, listener: Side): void {
  const endpoint = endpointOf(incoming);
  if (endpoint === undefined || (listener === "external" && endpoint.side === "internal")) {
    return;
  }
  if ((recorderState().writer?.fill() ?? 0) <= MAX_FILL) {
    const refused = {
      ...endpoint,
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

/** Calls back with the body once it has arrived. If the body is not small, calls back at once with an empty string. */
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
  // Also emitted if the sender disconnects before the end.
  incoming.once("close", () => {
    done(Buffer.concat(chunks).toString("utf8"));
  });
}

function endpointOf({ method, url = "" }: IncomingMessage): Endpoint | undefined {
  const [path = ""] = url.toLowerCase().split("?", 1);
  return method === "POST" ? ENDPOINTS.get(path) : undefined;
}
