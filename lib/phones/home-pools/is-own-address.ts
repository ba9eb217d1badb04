import type { UserDomain } from "#access/directory/user-name";
import { domainOf, readSipAddress } from "#phones/home-pools/sip-address";

type AskingUser = {
  /** The user name in the credentials: `adamb`, `CONTOSO\adamb`, `adamb@contoso.com`. */
  readonly name: string;
  /** The address in the directory; null if it has none or was not asked. */
  readonly sipAddress: string | null;
};

type Ownership = {
  readonly caller: AskingUser;
  readonly sipAddress: string;
  /** The recorded sign-in name of the user of that address; empty if there is none. */
  readonly userName: string;
  /** The domains that a name without a domain, or with a short domain, can belong to. In lower case. */
  readonly domains: readonly UserDomain[];
};

/**
 * Whether a user asks about their own address. If the directory has an address for the user, only that full address is
 * accepted, for any sign-in name. Otherwise the sign-in name must be the recorded name of the address or the address
 * itself. If no name is recorded, the user part is accepted too, without a domain or with the address's
 * own domain, as long as the domain is a known one.
 */
export function isOwnAddress({ caller, sipAddress, userName, domains }: Ownership): boolean {
  if (caller.sipAddress !== null) {
    return readSipAddress(caller.sipAddress) === sipAddress;
  }
  const name = caller.name.trim().normalize("NFC").toLowerCase();
  const recorded = userName.trim().normalize("NFC").toLowerCase();
  if (readSipAddress(name) === sipAddress || (recorded !== "" && name === recorded)) {
    return true;
  }
  return recorded === "" && isUserPartOf(sipAddress, name, domains);
}

/** A phone can send any domain, so `adamb` matches `adamb@<domain>` for known domains only. */
function isUserPartOf(sipAddress: string, name: string, domains: readonly UserDomain[]): boolean {
  const slash = name.indexOf("\\");
  const user = name.slice(slash + 1);
  const domain = domainOf(sipAddress);
  const known = domains.filter(({ dns }) => dns === domain);
  return (
    sipAddress === `${user}@${domain}` &&
    known.some((one) => slash === -1 || isNameOf(one, name.slice(0, slash)))
  );
}

function isNameOf({ short, dns }: UserDomain, named: string): boolean {
  return named === dns || named === short || named === dns.split(".", 1)[0];
}
