import { expect, test } from "vitest";
import { decideHome } from "#phones/home-pools/decide-home";
import { isOwnAddress } from "#phones/home-pools/is-own-address";
import { readSipAddress } from "#phones/home-pools/sip-address";

test.each([
  ["adamb@contoso.com", "adamb@contoso.com"],
  ["sip:AdamB@Contoso.com", "adamb@contoso.com"],
  ["SIP:adamb@contoso.com;user=phone", "adamb@contoso.com"],
  ["  adamb@contoso.com ", "adamb@contoso.com"],
  ["adam.o'neil+1@contoso.com", "adam.o'neil+1@contoso.com"],
  ["adamb", null],
  ["", null],
  ["@contoso.com", null],
  ["adamb@", null],
  ["a b@contoso.com", null],
  ["a@b@contoso.com", null],
  [`${"a".repeat(400)}@contoso.com`, null],
])("reads %j as %j", (text, address) => {
  expect(readSipAddress(text)).toBe(address);
});

const east = { id: "east", sipDomains: ["contoso.com", "shared.com"] };
const west = { id: "west", sipDomains: ["Fabrikam.com", "shared.com"] };
const rest = { id: "rest", sipDomains: [] };

test.each([
  {
    rule: "uses the pool that is assigned to the user",
    user: "adamb@contoso.com",
    given: "west",
    home: "west",
  },
  {
    rule: "uses the pool of the domain without an assignment",
    user: "adamb@contoso.com",
    given: null,
    home: "east",
  },
  { rule: "ignores the case of the domain", user: "adamb@fabrikam.com", given: null, home: "west" },
  {
    rule: "uses the default pool for an unknown domain",
    user: "adamb@example.com",
    given: null,
    home: "rest",
  },
  {
    rule: "uses the default pool for a domain of several pools",
    user: "adamb@shared.com",
    given: null,
    home: "rest",
  },
  {
    rule: "uses the domain if the assigned pool no longer exists",
    user: "adamb@contoso.com",
    given: "gone",
    home: "east",
  },
])("$rule", ({ user, given, home }) => {
  const pools = [east, west, rest];
  const decided = decideHome({
    sipAddress: user,
    assignedPoolId: given,
    pools,
    defaultPool: rest,
  });
  expect(decided?.id).toBe(home);
});

test("returns null without pools", () => {
  expect(
    decideHome({ sipAddress: "a@b.com", assignedPoolId: null, pools: [], defaultPool: null }),
  ).toBeNull();
});

const OURS = [
  { short: null, dns: "contoso.com" },
  { short: null, dns: "fabrikam.com" },
  { short: "wing", dns: "corp.wingtip.com" },
];

test.each([
  ["adamb@contoso.com", "adamb@contoso.com", "", true],
  ["sip:AdamB@contoso.com", "adamb@contoso.com", "", true],
  ["adamb", "adamb@contoso.com", "", true],
  ["adamb", "adamb@fabrikam.com", "", true],
  ["adamb", "adamb@corp.wingtip.com", "", true],
  ["adamb", "adamb@evil.com", "", false],
  ["adamb", "adamb@contoso.com.evil.com", "", false],
  ["CONTOSO\\adamb", "adamb@contoso.com", "", true],
  ["contoso.com\\adamb", "adamb@contoso.com", "", true],
  ["WING\\adamb", "adamb@corp.wingtip.com", "", true],
  ["FABRIKAM\\adamb", "adamb@contoso.com", "", false],
  ["EVIL\\adamb", "adamb@evil.com", "", false],
  ["evil.com\\adamb", "adamb@evil.com", "", false],
  ["CONTOSO\\adamb\\x", "adamb@contoso.com", "", false],
  ["\\adamb", "adamb@contoso.com", "", false],
  ["adamb@fabrikam.com", "adamb@contoso.com", "", false],
  ["anna", "adamb@contoso.com", "", false],
  ["FABRIKAM\\ab", "adamb@contoso.com", "fabrikam\\AB", true],
  ["ab", "adamb@evil.com", "ab", true],
  ["adamb", "adamb@contoso.com", "ab", false],
  ["", "adamb@contoso.com", "", false],
  ["", "adamb@contoso.com", " ", false],
])(
  "without an address from the directory, %j owns %s (signs in as %j): %s",
  (name, ...[sipAddress, userName, isOwn]) => {
    const caller = { name, sipAddress: null };
    expect(isOwnAddress({ caller, sipAddress, userName, domains: OURS })).toBe(isOwn);
  },
);

test.each(["adamb", "CONTOSO\\adamb", "adamb@contoso.com"])(
  "with an address from the directory, %s owns that address only",
  (name) => {
    const caller = { name, sipAddress: "adam.barr@fabrikam.com" };
    const isOwn = (sipAddress: string, userName = ""): boolean =>
      isOwnAddress({ caller, sipAddress, userName, domains: OURS });

    expect(isOwn("adam.barr@fabrikam.com")).toBe(true);
    expect(isOwn("adam.barr@fabrikam.com", "another user")).toBe(true);
    expect(isOwn("adamb@contoso.com")).toBe(false);
    expect(isOwn("adamb@contoso.com", name)).toBe(false);
    expect(isOwn("adam.barr@contoso.com")).toBe(false);
  },
);

test("without known domains, a user owns an address only by its full text", () => {
  const isOwn = (name: string): boolean =>
    isOwnAddress({
      caller: { name, sipAddress: null },
      sipAddress: "adamb@contoso.com",
      userName: "",
      domains: [],
    });

  expect(isOwn("adamb@contoso.com")).toBe(true);
  expect(isOwn("adamb")).toBe(false);
  expect(isOwn(String.raw`CONTOSO\adamb`)).toBe(false);
});
