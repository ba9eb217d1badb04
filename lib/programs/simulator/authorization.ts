import { basicAuthorization } from "#programs/simulator/http";
import type { PhoneOptions } from "#programs/simulator/options";

/** Credentials are for the outside; inside the firewall nobody asks for them. */
export function authorization({ side, credentials }: PhoneOptions): Record<string, string> {
  return side === "external" && credentials !== null
    ? { authorization: basicAuthorization(credentials.userName, credentials.password) }
    : {};
}
