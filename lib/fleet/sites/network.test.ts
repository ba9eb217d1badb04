import { expect, test } from "vitest";
import { readNetwork, toNetworkMatcher } from "#fleet/sites/network";

test.each([
  ["10.4.0.0/16", "10.4.0.0/16"],
  [" 10.4.0.0/16 ", "10.4.0.0/16"],
  ["0.0.0.0/0", "0.0.0.0/0"],
  ["10.4.0.5/32", "10.4.0.5/32"],
  ["2001:DB8:4::/48", "2001:db8:4::/48"],
  ["2001:db8:4:0:0:0:0:0/48", "2001:db8:4::/48"],
  ["::/0", "::/0"],
])("reads %s as the network %s", (text, network) => {
  expect(readNetwork(text)).toEqual({ network, problem: null });
});

test.each([
  ["10.4.7.9/16", "host_bits", "10.4.0.0/16"],
  ["2001:db8:4:5::1/48", "host_bits", "2001:db8:4::/48"],
  ["10.4.0.5", "no_prefix", "10.4.0.5/32"],
  ["2001:db8::5", "no_prefix", "2001:db8::5/128"],
  ["10.4.0.0/33", "not_a_network", null],
  ["10.4.0.0/", "not_a_network", null],
  ["10.4.0.0/16/8", "not_a_network", null],
  ["10.4.0/16", "not_a_network", null],
  ["010.4.0.0/16", "not_a_network", null],
  ["::ffff:10.4.0.0/112", "not_a_network", null],
  ["fe80::%eth0/64", "not_a_network", null],
  ["Berlin", "not_a_network", null],
  ["", "not_a_network", null],
])("refuses %s as %s and names %s", (text, problem, meant) => {
  expect(readNetwork(text)).toEqual({ network: null, problem, meant });
});

test("the longest prefix wins, and an address in no network has none", () => {
  const match = toNetworkMatcher(
    ["10.0.0.0/8", "10.4.0.0/16", "10.4.7.0/24", "2001:db8::/32"].map((network) => ({ network })),
  );

  expect(match("10.4.7.9")?.network).toBe("10.4.7.0/24");
  expect(match("10.4.8.9")?.network).toBe("10.4.0.0/16");
  expect(match("10.5.0.1")?.network).toBe("10.0.0.0/8");
  expect(match("::ffff:10.4.7.9")?.network).toBe("10.4.7.0/24");
  expect(match("2001:db8:1::1")?.network).toBe("2001:db8::/32");
  expect(match("192.0.2.1")).toBeNull();
  expect(match("unknown")).toBeNull();
});

test("for a network, the one around it is found, not the network itself", () => {
  const match = toNetworkMatcher(["10.0.0.0/8", "10.4.0.0/16"].map((network) => ({ network })));

  expect(match("10.4.0.0/16")?.network).toBe("10.0.0.0/8");
  expect(match("10.4.7.0/24")?.network).toBe("10.4.0.0/16");
  expect(match("10.0.0.0/8")).toBeNull();
});

test("agrees with a matcher that compares the bits of each network, for random networks and addresses", () => {
  const random = toRandom(20_261_128);
  for (let round = 0; round < 50; round += 1) {
    // Few leading bits differ, so that networks contain one another.
    const networks = Array.from({ length: 40 }, () => {
      const prefix = Math.floor(random() * 33);
      return { network: toAddress(toBinary(random).slice(0, prefix).padEnd(32, "0"), prefix) };
    });
    const distinct = [...new Map(networks.map((one) => [one.network, one])).values()];
    const match = toNetworkMatcher(distinct);
    for (let probe = 0; probe < 40; probe += 1) {
      const bits = toBinary(random);
      const found = match(toAddress(bits, null));
      expect(found?.network ?? null).toBe(naiveMatch(distinct, bits));
    }
  }
});

function naiveMatch(networks: readonly { readonly network: string }[], bits: string) {
  const containing = networks
    .map(({ network }) => {
      const [address = "", prefix = ""] = network.split("/");
      const leading = address
        .split(".")
        .map((part) => Number(part).toString(2).padStart(8, "0"))
        .join("")
        .slice(0, Number(prefix));
      return { network, leading };
    })
    .filter(({ leading }) => bits.startsWith(leading))
    .toSorted((left, right) => right.leading.length - left.leading.length);
  return containing[0]?.network ?? null;
}

/** 32 bits of which the first ones take few values. */
function toBinary(random: () => number): string {
  return Array.from({ length: 32 }, (_, index) =>
    random() < (index < 12 ? 0.1 : 0.5) ? "1" : "0",
  ).join("");
}

function toAddress(bits: string, prefix: number | null): string {
  const parts = [0, 8, 16, 24].map((at) => Number.parseInt(bits.slice(at, at + 8), 2));
  return `${parts.join(".")}${prefix === null ? "" : `/${prefix}`}`;
}

/** A generator of numbers from 0 to 1 (mulberry32), so that a failure can be repeated. */
function toRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
