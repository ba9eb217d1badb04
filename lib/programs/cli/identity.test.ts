import { expect, test } from "vitest";
import { identitiesInText } from "#programs/cli/identities-in-text";
import { parsePoolName, parseRuleIdentity, parseTestDeviceIdentity } from "#programs/cli/identity";

const GUID = "2de8cbf6-9441-4f61-b755-1e4bef1effde";
const OTHER_GUID = "11111111-2222-3333-4444-555555555555";

test.each([
  `service:WebServer:pool01.contoso.com/${GUID}`,
  `Service:WebServer:pool01.contoso.com/${GUID}`,
  `SERVICE:WEBSERVER:POOL01.CONTOSO.COM/${GUID.toUpperCase()}`,
  `  service:webserver:pool01.contoso.com/${GUID}\n`,
])("reads %j as the rule of its pool, in any case", (text) => {
  expect(parseRuleIdentity(text)).toMatchObject({ ruleId: GUID, poolFqdn: "pool01.contoso.com" });
});

test("takes a GUID alone as a rule of any pool", () => {
  expect(parseRuleIdentity(GUID)).toEqual({ identity: GUID, ruleId: GUID, poolFqdn: null });
});

test.each([
  "",
  "pool01",
  "service:WebServer:pool01",
  `service:Registrar:pool01/${GUID}`,
  `${GUID}0`,
])("refuses %j as the identity of a rule", (text) => {
  expect(() => parseRuleIdentity(text)).toThrow("is not the identity of a rule");
});

test("accepts a pool's service identity or its name", () => {
  expect(parsePoolName("service:WebServer:Pool01.contoso.com")).toBe("pool01.contoso.com");
  expect(parsePoolName(" Pool01.contoso.com ")).toBe("pool01.contoso.com");
});

test.each([
  ["global/Lobby", { siteName: null, name: "Lobby" }],
  ["Global/Lobby", { siteName: null, name: "Lobby" }],
  ["site:Redmond/Lobby 2", { siteName: "Redmond", name: "Lobby 2" }],
  ["site:Redmond", { siteName: "Redmond", name: null }],
  ["global", { siteName: null, name: null }],
])("reads the test device %s", (text, named) => {
  expect(parseTestDeviceIdentity(text)).toEqual(named);
});

test.each(["", "Lobby", "site:/Lobby", "global/", "global/a/b"])(
  "refuses %j as the identity of a test device",
  (text) => {
    expect(() => parseTestDeviceIdentity(text)).toThrow("is not the identity of a test device");
  },
);

const FIRST = `service:WebServer:pool01.contoso.com/${GUID}`;
const SECOND = `service:WebServer:pool02.contoso.com/${OTHER_GUID}`;

test.each([
  ["one identity a line", `${FIRST}\n${SECOND}\n`],
  ["lines from Windows, with blank ones", `\r\n${FIRST}\r\n\r\n${SECOND}\r\n`],
  [
    "a table",
    `Identity    Brand\n--------    -----\n${FIRST}  POLYCOM  CX600\n${SECOND}  POLYCOM\n`,
  ],
  ["a table without its head", `${FIRST}  POLYCOM  CX600\n${SECOND}  POLYCOM\n`],
  [
    "the detail view",
    `Identity        : ${FIRST}\nId              : ${GUID}\nApprovedVersion :\n\nIdentity : ${SECOND}\n`,
  ],
  ["JSON", JSON.stringify([{ identity: FIRST, brand: "x" }, { identity: SECOND }])],
])("finds the identities in %s", (_, text) => {
  expect(identitiesInText(text)).toEqual([FIRST, SECOND]);
});

test("finds bare GUIDs", () => {
  expect(identitiesInText(`${GUID}\n`)).toEqual([GUID]);
});

test("returns a line that is not an identity, so that it is refused and not ignored", () => {
  expect(identitiesInText("servise:WebServer:pool01/x\n")).toEqual(["servise:WebServer:pool01/x"]);
});

test("refuses JSON of a different shape", () => {
  expect(() => identitiesInText('[{"name":"x"}]')).toThrow("is not a list of rules");
  expect(() => identitiesInText("[broken")).toThrow("is not a list of rules");
});

test("finds no identity in empty text", () => {
  expect(identitiesInText("")).toEqual([]);
});
