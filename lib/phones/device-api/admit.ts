import "server-only";
import { toRateLimited } from "#access/accounts/server/attempt-gate";
import { AppError } from "#foundation/core/errors";
import type { Caller } from "#access/credentials/model";
import { checkCaller } from "#access/credentials/server/check-caller";
import type { DeviceCaller, DeviceContext } from "#phones/device-api/device-env";
import {
  phoneConnection,
  requireTls,
  isInternalAddress,
  sourceAddress,
} from "#phones/device-api/source-address";
import type { Side } from "#fleet/devices/model";

/** NTLM challenges by the request that they answer. The phone replies on the same connection. */
const pending = new WeakMap<DeviceContext, string>();

/**
 * Admits a phone or throws. Runs before anything else: before the body is read, and before a response shows whether a
 * path exists. Inside the firewall the address decides; outside, credentials are always required.
 */
export function admit(c: DeviceContext, side: Side): DeviceCaller | Promise<DeviceCaller> {
  const address = sourceAddress(c);
  return side === "internal" ? admitByAddress(address) : admitByCredentials(c, address);
}

/** The challenge of an unfinished handshake on this request; null if there is none. */
export function pendingChallenge(c: DeviceContext): string | null {
  return pending.get(c) ?? null;
}

function admitByAddress(address: string): DeviceCaller {
  if (!isInternalAddress(address)) {
    throw new AppError(
      "forbidden",
      "This path serves phones inside the firewall. From outside, use the external path.",
    );
  }
  return { side: "internal", address, caller: null, accountName: null, boundMacAddress: null };
}

async function admitByCredentials(c: DeviceContext, address: string): Promise<DeviceCaller> {
  requireTls(c);
  const result = await checkCaller({
    authorization: c.req.header("authorization") ?? null,
    address,
    connection: phoneConnection(c),
  });
  switch (result.outcome) {
    case "valid":
      return toDeviceCaller(result.caller, address);
    case "challenge":
      pending.set(c, `NTLM ${result.token}`);
      throw new AppError("unauthenticated", "The NTLM handshake is not complete.");
    case "missing":
      throw new AppError("unauthenticated", "A user's name and password are needed.");
    case "invalid":
      throw new AppError("unauthenticated", "The user's name or password is wrong.");
    case "throttled":
      throw toRateLimited(result);
  }
}

function toDeviceCaller(caller: Caller, address: string): DeviceCaller {
  const boundMacAddress = caller.kind === "device_token" ? caller.macAddress : null;
  return { side: "external", address, caller, accountName: caller.name, boundMacAddress };
}
