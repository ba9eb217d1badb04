import "server-only";
import type { Endpoint } from "#phones/device-api/endpoint";
import { logHandler } from "#phones/device-api/log-handler";
import { refusalRecorder } from "#phones/device-api/record-refusal";
import type { Side } from "#fleet/devices/model";

export const LOG_PATHS = {
  internal: "/api/update/logs",
  external: "/api/update/external/logs",
} as const satisfies Record<Side, string>;

/** The upload path of the JSON dialect. Lync phones upload logs to the path of their checks. */
export function logEndpoint(side: Side): Endpoint {
  return {
    path: LOG_PATHS[side],
    side,
    dialect: "json",
    handlers: { POST: logHandler("json") },
    onRefused: refusalRecorder({ dialect: "json", isLogPath: true }),
  };
}
