import { expect, test } from "vitest";
import { decideHome } from "#lib/homes/decide-home";
import { isOwnAddress } from "#lib/homes/is-own-address";
import { readSipAddress } from "#lib/homes/sip-address";

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
    rule: "the pool given to the user comes first",
    user: "adamb@contoso.com",
    given: "west",
    home: "west",
  },
  { rule: "then the pool of the domain", user: "adamb@contoso.com", given: null, home: "east" },
  { rule: "whose case does not matter", user: "adamb@fabrikam.com", given: null, home: "west" },
  { rule: "then the default pool", user: "adamb@example.com", given: null, home: "rest" },
  {
    rule: "which also takes a domain of several pools",
    user: "adamb@shared.com",
    given: null,
    home: "rest",
  },
  {
    rule: "and users of a pool that is gone, by their domain",
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

test("without pools nobody has a home", () => {
  expect(
    decideHome({ sipAddress: "a@b.com", assignedPoolId: null, pools: [], defaultPool: null }),
  ).toBeNull();
});

test.each([
  ["adamb@contoso.com", "adamb@contoso.com", "", true],
  ["sip:AdamB@contoso.com", "adamb@contoso.com", "", true],
  ["adamb", "adamb@contoso.com", "", true],
  ["CONTOSO\\adamb", "adamb@contoso.com", "", true],
  ["contoso.com\\adamb", "adamb@contoso.com", "", true],
  ["FABRIKAM\\adamb", "adamb@contoso.com", "", false],
  ["adamb@fabrikam.com", "adamb@contoso.com", "", false],
  ["anna", "adamb@contoso.com", "", false],
  ["FABRIKAM\\ab", "adamb@contoso.com", "fabrikam\\AB", true],
  ["adamb", "adamb@contoso.com", "ab", false],
  ["", "adamb@contoso.com", "", false],
])(
  "whether %j asks for itself with %s (signs in as %j): %s",
  (callerName, ...[sipAddress, userName, isOwn]) => {
    expect(isOwnAddress({ callerName, sipAddress, userName })).toBe(isOwn);
  },
);
