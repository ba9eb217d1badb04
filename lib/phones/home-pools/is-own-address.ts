import type { UserDomain } from "#access/directory/user-name";
import { domainOf, readSipAddress } from "#phones/home-pools/sip-address";

type AskingUser = {
  /** As the credentials named the user: `adamb`, `CONTOSO\adamb`, `adamb@contoso.com`. */
  readonly name: string;
  /** What the directory says; null where it says nothing or was not asked. */
  readonly sipAddress: string | null;
};

type Ownership = {
  readonly caller: AskingUser;
  readonly sipAddress: string;
  /** The name the user of that address signs in with; empty where nobody said. */
  readonly userName: string;
  /** In which a name without a domain, or with a short one, may be at home. In lower case. */
  readonly domains: readonly UserDomain[];
};

/**
 * Whether a user asks for itself. A directory that names an address decides alone: the whole address has to be that one,
 * whatever name the user signed in with. Else the name on record for the address will do, or the address as the name;
 * where no name is on record, also the user part with no domain or its own, as long as that is a domain of ours.
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

/** Anybody may make up a domain: `adamb` is not `adamb@` whatever somebody writes behind it. */
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
