import { basicAuthorization } from "#programs/simulator/http";
import type { PhoneOptions } from "#programs/simulator/options";

/** Sends credentials only outside; inside the firewall the server does not ask for them. */
export function authorization({ side, credentials }: PhoneOptions): Record<string, string> {
  return side === "external" && credentials !== null
    ? { authorization: basicAuthorization(credentials.userName, credentials.password) }
    : {};
}
