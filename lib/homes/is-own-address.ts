import { domainOf, readSipAddress } from "#lib/homes/sip-address";

type Ownership = {
  /** As the credentials named the user: `adamb`, `CONTOSO\adamb`, `adamb@contoso.com`. */
  readonly callerName: string;
  readonly sipAddress: string;
  /** The name the user of that address signs in with; empty where nobody said. */
  readonly userName: string;
};

/**
 * Whether a caller asks for itself. Where it is known by which name the owner of the address signs in, that name alone
 * will do; else the address must be the caller's name, or the caller's name with a domain.
 */
export function isOwnAddress({ callerName, sipAddress, userName }: Ownership): boolean {
  const caller = callerName.trim().toLowerCase();
  if (readSipAddress(caller) === sipAddress || caller === userName.trim().toLowerCase()) {
    return caller !== "";
  }
  if (userName !== "" || caller.includes("@")) {
    return false;
  }
  const [user = "", shortDomain = null] = caller.split("\\", 2).toReversed();
  const domain = domainOf(sipAddress);
  return (
    sipAddress === `${user}@${domain}` &&
    (shortDomain === null || shortDomain === domain || shortDomain === domain.split(".", 1)[0])
  );
}
