import { expect, test } from "vitest";
import type { PoolTable, RuleTable } from "#phones/check/rule-table";
import {
  buildRuleTable,
  findCandidates,
  findPoolByHost,
  isTestDevice,
} from "#phones/check/rule-table";
import type { OfferedRelease } from "#phones/check/model";
import {
  aFaultyRelease,
  aHardware,
  aPool,
  aRelease,
  aRule,
  aSnapshot,
} from "#phones/check/testing/check-data";

const redmond = aPool();
const paris = aPool({
  id: "pool-2",
  fqdn: "pool02.fabrikam.com",
  siteId: "site-2",
  internalBaseUrl: "http://updates.fabrikam.com:3000",
  externalBaseUrl: "https://web.fabrikam.com",
  sipDomains: ["fabrikam.com"],
  isDefault: false,
});

function requirePool(table: RuleTable, fqdn: string): PoolTable {
  const found = table.pools.get(fqdn);
  expect(found).toBeDefined();
  return found ?? expect.unreachable();
}

test.each([
  ["its name", "pool02.fabrikam.com", "pool-2"],
  ["its name in another case", "POOL02.Fabrikam.COM", "pool-2"],
  ["its name with a trailing dot", "pool02.fabrikam.com.", "pool-2"],
  ["its name with a port", "pool02.fabrikam.com:8080", "pool-2"],
  ["its name with dot, port and capitals", "Pool02.Fabrikam.Com.:8080", "pool-2"],
  ["a name that is not a valid host", "pool02.fabrikam.com..", "pool-1"],
  ["the host of its internal URL", "updates.fabrikam.com", "pool-2"],
  ["the host of its external URL", "web.fabrikam.com", "pool-2"],
  ["the name that phones look up", "ucupdates-r2.fabrikam.com", "pool-2"],
  ["an unknown name", "192.168.7.81", "pool-1"],
  ["no name at all", null, "pool-1"],
])("finds the pool by %s", (_, host, expected) => {
  const table = buildRuleTable(aSnapshot({ pools: [redmond, paris] }));

  expect(findPoolByHost(table, host)?.pool.id).toBe(expected);
});

test.each([
  "[2001:db8::7]",
  "[2001:DB8::7]",
  "[2001:db8::7]:8080",
  "[2001:0db8:0000:0000:0000:0000:0000:0007]",
  "[2001:db8:0:0::7]:80",
  "[2001:db8::7%eth0]",
  "192.0.2.7",
  "192.0.2.7:8080",
  "[::ffff:192.0.2.7]",
  "[::FFFF:C000:207]:80",
])("finds the pool by the notation %s of an address in its URLs", (host) => {
  const addressed = {
    ...paris,
    internalBaseUrl: "http://[2001:DB8::7]",
    externalBaseUrl: "http://192.0.2.7:8080",
  };

  const table = buildRuleTable(aSnapshot({ pools: [redmond, addressed] }));

  expect(findPoolByHost(table, host)?.pool.id).toBe(addressed.id);
});

test("an alias that two pools share resolves to the default pool", () => {
  const pools = [redmond, paris, { ...paris, id: "pool-3", fqdn: "pool03.fabrikam.com" }];

  const table = buildRuleTable(aSnapshot({ pools }));

  expect(findPoolByHost(table, "web.fabrikam.com")?.pool.id).toBe("pool-1");
  expect(findPoolByHost(table, "pool03.fabrikam.com")?.pool.id).toBe("pool-3");
});

test("an alias of one pool does not replace the name of another pool", () => {
  const pools = [redmond, { ...paris, internalBaseUrl: "http://pool01.contoso.com" }];

  const table = buildRuleTable(aSnapshot({ pools }));

  expect(findPoolByHost(table, "pool01.contoso.com")?.pool.id).toBe("pool-1");
});

test("a single pool is the default; several pools without a default have none", () => {
  const only = buildRuleTable(aSnapshot({ pools: [paris] }));
  const two = buildRuleTable(aSnapshot({ pools: [paris, { ...redmond, isDefault: false }] }));

  expect(findPoolByHost(only, "elsewhere")?.pool.id).toBe("pool-2");
  expect(findPoolByHost(two, "elsewhere")).toBeNull();
});

test("finds the rules of the phone's pool for its hardware, without regard to case", () => {
  const rules = [
    { ...aRule({ id: "mine" }), poolId: "pool-1" },
    {
      ...aRule({ id: "other revision", hardware: aHardware({ revision: "B" }) }),
      poolId: "pool-1",
    },
    { ...aRule({ id: "other pool" }), poolId: "pool-2" },
  ];
  const table = buildRuleTable(aSnapshot({ pools: [redmond, paris], rules }));

  const found = findCandidates(
    requirePool(table, "pool01.contoso.com"),
    aHardware({ brand: "polycom" }),
  );

  expect(found.map(({ id }) => id)).toEqual(["mine"]);
});

test("finds the rules of the model for hardware without rules", () => {
  const rules = [
    { ...aRule({ id: "revision A" }), poolId: "pool-1" },
    { ...aRule({ id: "other model", hardware: aHardware({ model: "CX500" }) }), poolId: "pool-1" },
  ];
  const pool = requirePool(buildRuleTable(aSnapshot({ rules })), "pool01.contoso.com");

  expect(findCandidates(pool, aHardware({ revision: "Z" })).map(({ id }) => id)).toEqual([
    "revision A",
  ]);
  expect(findCandidates(pool, aHardware({ model: "CX3000" }))).toEqual([]);
});

test("a test device counts in its own site, or in all sites if it has none", () => {
  const testDevices = [
    { siteId: null, identifierType: "MACAddress" as const, identifier: "0004F2000176" },
    { siteId: "site-2", identifierType: "SerialNumber" as const, identifier: "07823-A345" },
  ];
  const table = buildRuleTable(aSnapshot({ pools: [redmond, paris], testDevices }));
  const byMac = { macAddress: "0004F2000176", serialNumber: null };
  const bySerial = { macAddress: null, serialNumber: "07823-A345" };

  expect(isTestDevice(requirePool(table, redmond.fqdn), byMac)).toBe(true);
  expect(isTestDevice(requirePool(table, paris.fqdn), byMac)).toBe(true);
  expect(isTestDevice(requirePool(table, redmond.fqdn), bySerial)).toBe(false);
  expect(isTestDevice(requirePool(table, paris.fqdn), bySerial)).toBe(true);
  expect(
    isTestDevice(requirePool(table, paris.fqdn), { macAddress: null, serialNumber: null }),
  ).toBe(false);
});

test("a test device counts at the site of its address; without a network, at the site of its pool", () => {
  const testDevices = [
    { siteId: "site-2", identifierType: "SerialNumber" as const, identifier: "07823-A345" },
  ];
  const networks = [
    { id: 1, network: "10.0.0.0/8", siteId: "site-3" },
    { id: 2, network: "10.4.0.0/16", siteId: "site-2" },
  ];
  const table = buildRuleTable(aSnapshot({ pools: [redmond, paris], testDevices, networks }));
  const isTest = (fqdn: string, address: string) =>
    isTestDevice(
      requirePool(table, fqdn),
      { macAddress: null, serialNumber: "07823-A345" },
      address,
    );

  expect(isTest(redmond.fqdn, "10.4.7.9")).toBe(true);
  expect(isTest(paris.fqdn, "10.5.0.1")).toBe(false);
  expect(isTest(redmond.fqdn, "192.0.2.1")).toBe(false);
  expect(isTest(paris.fqdn, "192.0.2.1")).toBe(true);
});

test("a serial number that looks like a registered MAC address does not make a test device", () => {
  const testDevices = [
    { siteId: null, identifierType: "MACAddress" as const, identifier: "0004F2000176" },
  ];
  const pool = requirePool(buildRuleTable(aSnapshot({ testDevices })), redmond.fqdn);

  expect(isTestDevice(pool, { macAddress: null, serialNumber: "0004F2000176" })).toBe(false);
});

test("indexes the files of approved, pending and restore versions by lower-case path", () => {
  const held = { approved: aRelease("1.0"), pending: aRelease("2.0"), restore: aRelease("0.9") };
  const rules = [
    { ...aRule(held), poolId: "pool-1" },
    { ...aRule({ id: "rule-2", hardware: aHardware({ model: "CX500" }) }), poolId: "pool-1" },
  ];

  const { files } = buildRuleTable(aSnapshot({ rules }));

  expect([...files.keys()]).toEqual([
    "ucphone/polycom/cx600/a/enu/1.0/cpe/cpe.nbt",
    "ucphone/polycom/cx600/a/enu/1.0/cpe/cpe.cat",
    "ucphone/polycom/cx600/a/enu/2.0/cpe/cpe.nbt",
    "ucphone/polycom/cx600/a/enu/2.0/cpe/cpe.cat",
    "ucphone/polycom/cx600/a/enu/0.9/cpe/cpe.nbt",
    "ucphone/polycom/cx600/a/enu/0.9/cpe/cpe.cat",
  ]);
});

test("a short path resolves to the restore version only if no approved version matches", () => {
  const hardware = aHardware({ deviceType: "OCInterim" });
  const renamed = aRelease("1.0").files.map((file) => ({
    ...file,
    fileName: `old-${file.fileName}`,
  }));
  const restore = { ...aRelease("1.0"), files: [...aRelease("1.0").files, ...renamed] };
  const rule = aRule({ hardware, approved: aRelease("2.0.0"), restore });

  const { files } = buildRuleTable(aSnapshot({ rules: [{ ...rule, poolId: "pool-1" }] }));

  const digestOf = (release: OfferedRelease): string | undefined => release.files[0]?.sha256;
  expect(files.get("ocinterim/enu/cpe.nbt")?.file.sha256).toBe(digestOf(aRelease("2.0.0")));
  expect(files.get("ocinterim/enu/old-cpe.nbt")?.file.sha256).toBe(digestOf(aRelease("1.0")));
});

test("lists the faults of files that rules hold", () => {
  const approved = aFaultyRelease("1.0", "image");
  const rules = [{ ...aRule({ approved }), poolId: "pool-1" }];

  const { files, faults } = buildRuleTable(aSnapshot({ rules }));

  expect([...faults.values()]).toMatchObject([{ problem: "damaged" }]);
  expect(files.get("ucphone/polycom/cx600/a/enu/1.0/cpe/cpe.nbt")?.fault).toMatchObject({
    problem: "damaged",
  });
  expect(files.get("ucphone/polycom/cx600/a/enu/1.0/cpe/cpe.cat")?.fault).toBeNull();
});
