import { canonicalAddress } from "#foundation/core/host-name";

/** A network of a site as text: canonical, with its prefix length, such as `10.4.0.0/16` or `2001:db8:4::/48`. */
export type NetworkText = string;

/** The reading of a network that a person wrote. `meant`: what is probably meant. */
export type ReadNetwork =
  | { readonly network: NetworkText; readonly problem: null }
  | { readonly network: null; readonly problem: "not_a_network"; readonly meant: null }
  | {
      readonly network: null;
      /** No prefix length; or an address with bits set beyond the prefix. */
      readonly problem: "no_prefix" | "host_bits";
      readonly meant: NetworkText;
    };

const NOT_A_NETWORK = { network: null, problem: "not_a_network", meant: null } as const;

/** Reads a network in CIDR notation. IPv4 that is written as IPv6 is refused: no phone is stored with such an address. */
export function readNetwork(text: string): ReadNetwork {
  const [addressText = "", prefixText, ...rest] = text.trim().split("/");
  const bits = rest.length > 0 ? null : toPlainBits(addressText);
  if (bits === null) {
    return NOT_A_NETWORK;
  }
  if (prefixText === undefined) {
    return { network: null, problem: "no_prefix", meant: toText(bits, bits.size) };
  }
  const prefix = Number(prefixText);
  if (!/^\d{1,3}$/.test(prefixText) || prefix > bits.size) {
    return NOT_A_NETWORK;
  }
  const first = (bits.value >> BigInt(bits.size - prefix)) << BigInt(bits.size - prefix);
  const network = toText({ ...bits, value: first }, prefix);
  return first === bits.value
    ? { network, problem: null }
    : { network: null, problem: "host_bits", meant: network };
}

/** Finds the network with the longest prefix that contains an address, or a network with a longer prefix. */
export type NetworkMatcher<Network> = (address: string) => Network | null;

/** The networks of one prefix length, by their leading bits. */
type Level<Network> = { readonly prefix: number; readonly byBits: ReadonlyMap<bigint, Network> };

/** Builds a matcher of networks. A lookup takes one map access for each prefix length that occurs. */
export function toNetworkMatcher<Network extends { readonly network: NetworkText }>(
  networks: readonly Network[],
): NetworkMatcher<Network> {
  const ofSize = { 32: toLevels(networks, 32), 128: toLevels(networks, 128) } as const;
  return (text) => {
    const [address = "", prefixText] = text.split("/");
    const bits = toBits(address);
    if (bits === null) {
      return null;
    }
    const below = prefixText === undefined ? bits.size + 1 : Number(prefixText);
    for (const { prefix, byBits } of ofSize[bits.size]) {
      const found = prefix < below && byBits.get(bits.value >> BigInt(bits.size - prefix));
      if (found !== false && found !== undefined) {
        return found;
      }
    }
    return null;
  };
}

/** Longest prefix first. */
function toLevels<Network extends { readonly network: NetworkText }>(
  networks: readonly Network[],
  size: Bits["size"],
): readonly Level<Network>[] {
  const levels = new Map<number, Map<bigint, Network>>();
  for (const network of networks) {
    const [address = "", prefixText = ""] = network.network.split("/");
    const bits = toBits(address);
    if (bits?.size === size) {
      const prefix = Number(prefixText);
      const byBits = levels.get(prefix) ?? new Map<bigint, Network>();
      levels.set(prefix, byBits.set(bits.value >> BigInt(size - prefix), network));
    }
  }
  return [...levels]
    .map(([prefix, byBits]) => ({ prefix, byBits }))
    .toSorted((left, right) => right.prefix - left.prefix);
}

/** The bits of an address without zone; null for IPv4 that is written as IPv6. */
function toPlainBits(text: string): Bits | null {
  const bits = text.includes("%") ? null : toBits(text);
  return bits?.size === 32 && text.includes(":") ? null : bits;
}

type Bits = { readonly value: bigint; readonly size: 32 | 128 };

function toBits(text: string): Bits | null {
  const address = canonicalAddress(text);
  if (address === null) {
    return null;
  }
  if (!address.includes(":")) {
    const value = address.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n);
    return { value, size: 32 };
  }
  const [head = "", tail] = address.split("::");
  const leading = toGroups(head);
  const trailing = toGroups(tail ?? "");
  const missing = Array.from({ length: 8 - leading.length - trailing.length }, () => 0n);
  const groups = [...leading, ...missing, ...trailing];
  return { value: groups.reduce((sum, group) => sum * 65_536n + group, 0n), size: 128 };
}

function toGroups(text: string): readonly bigint[] {
  return text === "" ? [] : text.split(":").map((group) => BigInt(`0x${group}`));
}

function toText({ value, size }: Bits, prefix: number): NetworkText {
  if (size === 32) {
    const parts = [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n));
    return `${parts.join(".")}/${prefix}`;
  }
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((value >> BigInt(112 - 16 * index)) & 65_535n).toString(16),
  );
  const full = groups.join(":");
  return `${canonicalAddress(full) ?? full}/${prefix}`;
}
