import "server-only";
import { checkCredentials } from "#lib/auth/server/check-credentials";
import { AppError } from "#lib/core/errors";
import type { DeviceCaller, DeviceContext } from "#lib/device-api/device-env";
import { isInternalAddress, sourceAddress } from "#lib/device-api/source-address";
import type { Side } from "#lib/devices/model";
import { parseBasicCredentials } from "#lib/platform/http/basic-credentials";

/**
 * Lets a phone in or throws, before anything else is done for it: before its body is read, and before it is told
 * whether a path exists. Inside the firewall the address decides, outside a user's credentials, always.
 */
export function admit(c: DeviceContext, side: Side): DeviceCaller | Promise<DeviceCaller> {
  const address = sourceAddress(c);
  return side === "internal" ? admitByAddress(address) : admitByCredentials(c, address);
}

function admitByAddress(address: string): DeviceCaller {
  if (!isInternalAddress(address)) {
    throw new AppError(
      "forbidden",
      "This path serves phones inside the firewall. From outside, use the external path.",
    );
  }
  return { side: "internal", address, accountName: null };
}

async function admitByCredentials(c: DeviceContext, address: string): Promise<DeviceCaller> {
  const credentials = parseBasicCredentials(c.req.header("authorization") ?? null);
  if (credentials === null) {
    throw new AppError("unauthenticated", "A user's name and password are needed.");
  }
  const { name, password } = credentials;
  const result = await checkCredentials({ name, password, address });
  switch (result.outcome) {
    case "valid":
      return { side: "external", address, accountName: result.account.name };
    case "invalid":
      throw new AppError("unauthenticated", "The user's name or password is wrong.");
    case "throttled":
      throw new AppError("rate_limited", "Too many failed attempts. Try again later.", {
        retryAfterSeconds: result.retryAfterSeconds,
      });
  }
}
