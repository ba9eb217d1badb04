import http from "node:http";
import https from "node:https";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { deviceService } from "#phones/device-api/testing/device-service";
import { aStoredUpdate, reloadRules } from "#phones/check/testing/stored-update";
import { aContext } from "#foundation/core/testing/contexts";
import { createDeviceToken } from "#access/device-tokens/server/create-device-token";
import { startTokenTable } from "#access/device-tokens/server/token-table";
import { createAccount } from "#access/accounts/server/create-account";
import { checkReadiness } from "#programs/readiness/check-readiness";
import type { Finding, FindingCode } from "#programs/readiness/finding";
import { FINDING_SEVERITIES } from "#programs/readiness/finding";
import type { ReadinessPlan, ReadinessReport } from "#programs/readiness/model";
import { planReadiness, runReadiness } from "#programs/readiness/run-readiness";
import type { Issued } from "#programs/readiness/testing/certificates";
import { issueCertificate } from "#programs/readiness/testing/certificates";
import type { Change } from "#programs/readiness/testing/changing-proxy";
import { changingProxy } from "#programs/readiness/testing/changing-proxy";
import { FAULTY_CONTENT, withPool } from "#programs/readiness/readiness-set-ups";
import { startDnsmasq } from "#programs/readiness/testing/dnsmasq";
import { startTimeServer } from "#programs/readiness/testing/time-server";
import { startHomeTable } from "#phones/home-pools/server/home-table";
import { db } from "#foundation/platform/db/client";
import { listenOnLoopback } from "#foundation/platform/testing/loopback";
import { createPool } from "#fleet/pools/server/create-pool";
import { act } from "#firmware/rules/testing/rules";
import type { PhoneRun } from "#programs/simulator/events";
import { runPhone } from "#programs/simulator/run-phone";
import { aClock, aPhoneFolder, phoneOptions } from "#programs/simulator/testing/phones";

const NAMES = ["ucupdates-r2.contoso.test", "pool01.contoso.test", "web.contoso.test"] as const;
const CLOSED = 1;
const ADAM = { userName: "adamb", password: "correct horse" };
const UNCHANGED: Change = () => ({});

type Authorities = { readonly root: Issued; readonly intermediate: Issued };

let authorities: Authorities;
const { internal: service, external: outside, flush } = deviceService({ lifetime: "file" });
let insideChange = UNCHANGED;
let outsideChange = UNCHANGED;
let plainServer: http.Server;
let insideServer: https.Server;
let outsideServer: https.Server;
let ports: { readonly plain: number; readonly inside: number; readonly outside: number };

beforeAll(async () => {
  const root = await issueCertificate({ commonName: "Root", issuer: null, isAuthority: true });
  const intermediate = await issueCertificate({
    commonName: "Intermediate",
    issuer: root,
    isAuthority: true,
  });
  authorities = { root, intermediate };
  const inside = changingProxy(service.port, () => insideChange);
  const tls = await goodTls();
  plainServer = http.createServer(inside);
  insideServer = https.createServer(tls, inside);
  outsideServer = https.createServer(
    tls,
    changingProxy(outside.port, () => outsideChange),
  );
  ports = {
    plain: await listenOnLoopback(plainServer),
    inside: await listenOnLoopback(insideServer),
    outside: await listenOnLoopback(outsideServer),
  };
  const pool = await createPool(aContext(), {
    fqdn: "pool01.contoso.test",
    siteName: "Default",
    internalBaseUrl: `https://pool01.contoso.test:${ports.inside}`,
    externalBaseUrl: `https://web.contoso.test:${ports.outside}`,
    sipDomains: ["contoso.test"],
    isDefault: true,
  });
  const { ruleId } = await aStoredUpdate(pool, { version: "4.0.7577.4387" });
  await act("approve", ruleId);
  const { userName: name, password } = ADAM;
  await createAccount(aContext(), { name, password, role: "viewer" });
  await reloadRules();
  await startHomeTable();
});

afterAll(async () => {
  for (const server of [plainServer, insideServer, outsideServer]) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  await (await startHomeTable()).stop();
});

beforeEach(async () => {
  insideChange = UNCHANGED;
  outsideChange = UNCHANGED;
  useTls(await goodTls());
});

type Tls = { readonly key: string; readonly cert: string };

function useTls(tls: Tls): void {
  insideServer.setSecureContext(tls);
  outsideServer.setSecureContext(tls);
}

async function goodTls(validDays?: readonly [number, number], names = NAMES.slice()): Promise<Tls> {
  const { intermediate } = authorities;
  const leaf = await issueCertificate({
    commonName: "pool01.contoso.test",
    issuer: intermediate,
    names,
    ...(validDays === undefined ? {} : { validDays }),
  });
  return { key: leaf.keyPem, cert: leaf.certificatePem + intermediate.certificatePem };
}

type SetUp = {
  readonly records?: (valid: readonly string[]) => readonly string[];
  readonly timeAheadMs?: number | "silent";
  readonly tls?: () => Promise<Tls>;
  readonly inside?: Change;
  readonly outside?: Change;
  readonly plan?: (valid: ReadinessPlan) => ReadinessPlan;
};

/** Checks a valid set-up with the given changes. */
async function checkSetUp(setUp: SetUp): Promise<ReadinessReport> {
  await using time = await startTimeServer(setUp.timeAheadMs ?? 0);
  const valid = [
    ...NAMES.map((name) => `host-record=${name},127.0.0.1`),
    "host-record=ucupdates.contoso.test,127.0.0.1",
    "host-record=time.contoso.test,127.0.0.1",
    `srv-host=_ntp._udp.contoso.test,time.contoso.test,${time.port}`,
  ];
  await using names = await startDnsmasq(setUp.records?.(valid) ?? valid);
  if (setUp.tls !== undefined) {
    useTls(await setUp.tls());
  }
  insideChange = setUp.inside ?? UNCHANGED;
  outsideChange = setUp.outside ?? UNCHANGED;
  const plan = await planReadiness(aContext({ role: "operator" }), {
    dnsServer: names.address,
    trustedAuthorities: authorities.root.certificatePem,
    discoveryPorts: { http: ports.plain, https: ports.inside },
    credentials: ADAM,
  });
  // Awaited here, because the servers stop when this function returns.
  return await checkReadiness(setUp.plan?.(plan) ?? plan, new Date());
}

function findingsOf({ findings: general, domains, pools }: ReadinessReport): readonly Finding[] {
  return [...general, ...[...domains, ...pools].flatMap(({ findings }) => findings)];
}

function codesOf(report: ReadinessReport): readonly FindingCode[] {
  return [...new Set(findingsOf(report).map(({ code }) => code))];
}

async function recordedChecks() {
  await flush();
  return db.deviceCheck.findMany({ orderBy: [{ side: "desc" }, { outcome: "desc" }] });
}

async function forgetChecks(): Promise<void> {
  await flush();
  await db.storedCheck.deleteMany();
}

function without(part: string): NonNullable<SetUp["records"]> {
  return (valid) => valid.filter((record) => !record.includes(part));
}

test("finds nothing in a valid set-up, and does not create a device", async () => {
  const report = await checkSetUp({});

  expect(findingsOf(report)).toEqual([]);
  expect(report.domains).toMatchObject([{ domain: "contoso.test", addresses: ["127.0.0.1"] }]);
  const probe = { deviceKey: null, trigger: "readiness" };
  expect(await recordedChecks()).toMatchObject([
    { ...probe, side: "internal", outcome: "offered", userName: "ucupdates readiness" },
    { ...probe, side: "external", outcome: "unauthenticated" },
    { ...probe, side: "external", outcome: "offered", userName: "adamb" },
  ]);
  expect(await db.device.count()).toBe(0);
});

test("without credentials reports that no check and no download was tried outside", async () => {
  await forgetChecks();
  const report = await checkSetUp({ plan: (valid) => ({ ...valid, credentials: null }) });

  expect(findingsOf(report)).toMatchObject([{ code: "outside_not_tried", severity: "note" }]);
  expect(await recordedChecks()).toMatchObject([
    { side: "internal", outcome: "offered" },
    { side: "external", outcome: "unauthenticated" },
  ]);
});

test.each<[string, SetUp]>([
  ["with a wrong certificate", { tls: () => goodTls(undefined, ["pool01.contoso.test"]) }],
  [
    "with a certificate of an unknown authority",
    { plan: (valid) => ({ ...valid, trustedAuthorities: null }) },
  ],
  [
    "without TLS",
    {
      plan: (valid) =>
        withPool({ externalBaseUrl: `http://web.contoso.test:${ports.plain}` })(valid),
    },
  ],
  ["that asks for none", { outside: () => ({ status: 200 }) }],
])("does not send credentials to a server %s", async (_, setUp) => {
  await forgetChecks();

  expect(codesOf(await checkSetUp(setUp))).toContain("credentials_withheld");
  const outsideChecks = (await recordedChecks()).filter(({ side }) => side === "external");
  expect(outsideChecks.map(({ outcome }) => outcome)).toEqual(["unauthenticated"]);
});

test("sends a device token as a phone does", async () => {
  const input = { name: "probe", macAddress: null, keepDays: null };
  const { secret } = await createDeviceToken(aContext(), input);
  await (await startTokenTable()).stop();
  const report = await checkSetUp({
    plan: (valid) => ({ ...valid, credentials: { userName: "token", password: secret } }),
  });
  expect(findingsOf(report)).toEqual([]);
});

const redirect: Change = () => ({
  status: 302,
  headers: { location: "https://portal.contoso.test/" },
});

/** Changes only answers to requests with valid credentials. */
function withCredentials(change: Change): Change {
  return (answer) => (answer.status === 401 ? {} : change(answer));
}

const FAULTS: readonly (readonly [FindingCode, string, SetUp])[] = [
  [
    "no_pool",
    "there is no pool",
    { plan: (valid) => ({ ...valid, pools: [], dhcpDomains: ["contoso.test"] }) },
  ],
  ["no_domain", "no domain is named", { plan: withPool({ sipDomains: [] }) }],
  [
    "credentials_refused",
    "the password is wrong",
    { plan: (valid) => ({ ...valid, credentials: { ...ADAM, password: "wrong horse" } }) },
  ],
  [
    "check_failed",
    "checks fail outside",
    { outside: withCredentials(({ path }) => (path.includes("ucdevice") ? { status: 502 } : {})) },
  ],
  [
    "redirected",
    "a proxy redirects requests with credentials outside",
    { outside: withCredentials(redirect) },
  ],
  [
    "download_failed",
    "a proxy hides the images outside",
    { outside: ({ path }) => (path.includes(".nbt") ? { status: 404 } : {}) },
  ],
  [
    "wrong_content_type",
    "images come as text outside",
    {
      outside: ({ path, headers }) =>
        path.includes(".cat") ? { headers: { ...headers, "content-type": "text/plain" } } : {},
    },
  ],
  [
    "wrong_bytes",
    "something changes the images outside",
    { outside: ({ path }) => (path.includes(".nbt") ? { body: Buffer.from("other") } : {}) },
  ],
  ...FAULTY_CONTENT,
  ["record_missing", "there is no record", { records: without("ucupdates-r2") }],
  [
    "record_elsewhere",
    "the record points at another machine",
    {
      records: (valid) => [
        ...without("ucupdates-r2")(valid),
        "host-record=ucupdates-r2.contoso.test,127.0.0.9",
      ],
    },
  ],
  [
    "record_several",
    "there are two addresses",
    { records: (valid) => [...valid, "host-record=ucupdates-r2.contoso.test,127.0.0.2"] },
  ],
  [
    "record_alias",
    "the record is an alias",
    {
      records: (valid) => [
        ...without("ucupdates-r2")(valid),
        "cname=ucupdates-r2.contoso.test,pool01.contoso.test",
      ],
    },
  ],
  ["old_record_missing", "the old name is missing", { records: without("ucupdates.contoso") }],
  ["ntp_record_missing", "no time server is named", { records: without("srv-host") }],
  ["time_server_silent", "the time server is silent", { timeAheadMs: "silent" }],
  ["time_server_differs", "the time server is off", { timeAheadMs: 3_600_000 }],
  [
    "dns_unanswered",
    "the name server is down",
    { plan: (valid) => ({ ...valid, dnsServer: `127.0.0.1:${CLOSED}` }) },
  ],
  [
    "host_unresolved",
    "the pool's own name is unknown",
    { plan: withPool({ internalBaseUrl: "https://nowhere.contoso.test" }) },
  ],
  ["certificate_expired", "it has expired", { tls: () => goodTls([-30, -2]) }],
  ["certificate_not_yet_valid", "it is too early", { tls: () => goodTls([2, 90]) }],
  ["certificate_expires_soon", "the certificate ends soon", { tls: () => goodTls([-30, 8]) }],
  [
    "certificate_wrong_name",
    "the certificate lacks the name that phones look up",
    { tls: () => goodTls(undefined, ["pool01.contoso.test", "web.contoso.test"]) },
  ],
  [
    "certificate_self_signed",
    "the certificate is self-signed",
    {
      tls: async () => {
        const own = await issueCertificate({ commonName: "own", issuer: null, names: NAMES });
        return { key: own.keyPem, cert: own.certificatePem };
      },
    },
  ],
  [
    "certificate_unknown_authority",
    "the authority is unknown",
    {
      tls: async () => {
        const { key, cert } = await goodTls();
        return { key, cert: cert + authorities.root.certificatePem };
      },
      plan: (valid) => ({ ...valid, trustedAuthorities: null }),
    },
  ],
  [
    "certificate_incomplete",
    "the intermediate certificate is not sent",
    {
      tls: async () => {
        const { key, cert } = await goodTls();
        return { key, cert: cert.slice(0, cert.indexOf("-----BEGIN", 10)) };
      },
    },
  ],
  [
    "address_unanswered",
    "the port for HTTP is closed",
    { plan: (valid) => ({ ...valid, discoveryPorts: { http: CLOSED, https: ports.inside } }) },
  ],
  [
    "unreachable",
    "both ports are closed",
    { plan: (valid) => ({ ...valid, discoveryPorts: { http: CLOSED, https: CLOSED } }) },
  ],
  [
    "unreachable",
    "the external port is closed",
    { plan: withPool({ externalBaseUrl: `https://web.contoso.test:${CLOSED}` }) },
  ],
  ["redirected", "a proxy redirects inside", { inside: redirect }],
  ["redirected", "a proxy redirects outside", { outside: redirect }],
  ["refused_inside", "addresses inside are refused", { inside: () => ({ status: 403 }) }],
  [
    "wrong_server",
    "another web server answers",
    { inside: () => ({ status: 200, body: Buffer.from("<html>It works!</html>") }) },
  ],
  [
    "external_open",
    "the external URL does not ask for credentials",
    { outside: ({ path }) => (path.includes("ucdevice") ? { status: 200 } : {}) },
  ],
  [
    "external_no_challenge",
    "a proxy removes the challenge",
    { outside: ({ headers }) => ({ headers: { ...headers, "www-authenticate": undefined } }) },
  ],
  [
    "panel_outside",
    "the panel is published",
    {
      outside: ({ path }) =>
        path === "/sign-in" ? { status: 200, body: Buffer.from("<title>ucupdates</title>") } : {},
    },
  ],
  [
    "external_not_https",
    "the external URL has no TLS",
    {
      plan: (valid) =>
        withPool({ externalBaseUrl: `http://web.contoso.test:${ports.plain}` })(valid),
      inside: ({ path }) => (path === "/sign-in" ? { status: 404 } : {}),
    },
  ],
  [
    "tls_failed",
    "the server answers HTTP on the TLS port",
    {
      plan: (valid) =>
        withPool({ externalBaseUrl: `https://web.contoso.test:${ports.plain}` })(valid),
    },
  ],
  [
    "clock_differs",
    "the server's clock is off",
    {
      inside: ({ headers }) => ({
        headers: { ...headers, date: new Date(Date.now() - 600_000).toUTCString() },
      }),
    },
  ],
  [
    "check_failed",
    "checks fail",
    { inside: ({ path }) => (path.includes("ucdevice") ? { status: 502 } : {}) },
  ],
  ["nothing_to_try", "nothing is approved", { plan: withPool({ sample: null }) }],
  [
    "download_failed",
    "a proxy hides the images",
    { inside: ({ path }) => (path.includes(".nbt") ? { status: 404 } : {}) },
  ],
  [
    "wrong_content_type",
    "images come as text",
    {
      inside: ({ path, headers }) =>
        path.includes(".nbt") ? { headers: { ...headers, "content-type": "text/plain" } } : {},
    },
  ],
  [
    "wrong_bytes",
    "something changes the images",
    { inside: ({ path }) => (path.includes(".cat") ? { body: Buffer.from("other") } : {}) },
  ],
];

test.each(FAULTS)("finds only %s when %s", async (code, _fault, setUp) => {
  const report = await checkSetUp(setUp);

  // After a fault outside, credentials are not sent there; that finding is a consequence, not a second fault.
  const faults = codesOf(report).filter((found) => found !== "credentials_withheld");
  expect(faults, JSON.stringify(findingsOf(report))).toEqual([code]);
});

test("has a faulty set-up for every finding", () => {
  const withoutFault = ["outside_not_tried", "credentials_withheld"];
  const shown = new Set([...FAULTS.map(([code]) => code), ...withoutFault]);
  expect([...shown].toSorted()).toEqual(Object.keys(FINDING_SEVERITIES).toSorted());
});

test("checks DHCP domains like SIP domains, and each domain once", async () => {
  const report = await checkSetUp({
    plan: (valid) => ({ ...valid, dhcpDomains: ["Contoso.test", "branch.test"] }),
  });

  expect(report.domains.map(({ domain, origins }) => [domain, origins])).toEqual([
    ["contoso.test", ["sip", "dhcp"]],
    ["branch.test", ["dhcp"]],
  ]);
  expect(codesOf(report)).toContain("record_missing");
});

/** Runs a phone that knows only its domain and its user. */
async function switchOn(side: "internal" | "external", hasPassword: boolean): Promise<PhoneRun> {
  await using folder = await aPhoneFolder();
  await using names = await startDnsmasq(NAMES.map((name) => `host-record=${name},127.0.0.1`));
  const options = phoneOptions(
    { ...folder, url: new URL("http://localhost") },
    {
      side,
      server: {
        kind: "domain",
        domain: "contoso.test",
        dnsServer: names.address,
        port: side === "internal" ? ports.plain : ports.outside,
      },
      provisionedUser: "sip:adamb@contoso.test",
      credentials: hasPassword ? { userName: "adamb", password: "correct horse" } : null,
      trustedAuthorities: authorities.root.certificatePem,
      timeScale: 1_000_000,
    },
  );
  const { signal } = new AbortController();
  return await runPhone(options, { signal, onEvent: () => undefined, clock: aClock() });
}

test.each([
  ["internal", false],
  ["external", true],
] as const)(
  "a phone finds the service by name and its pool by the provisioning document, and installs an update: %s",
  async (side, hasPassword) => {
    expect(await switchOn(side, hasPassword)).toMatchObject({
      ending: "nothing_due",
      installs: 1,
      message: null,
    });
  },
);

test("outside, a phone without credentials does not get the provisioning document", async () => {
  expect(await switchOn("external", false)).toMatchObject({ ending: "check_failed", installs: 0 });
});

test("refuses to run for a viewer", async () => {
  const refused = runReadiness(aContext({ role: "viewer" }));

  await expect(refused).rejects.toMatchObject({ code: "forbidden" });
});
