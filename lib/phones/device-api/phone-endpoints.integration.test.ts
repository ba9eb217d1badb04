import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { eventually } from "#foundation/core/testing/eventually";
import { createAccount } from "#access/accounts/server/create-account";
import { createDeviceToken } from "#access/device-tokens/server/create-device-token";
import { startTokenTable } from "#access/device-tokens/server/token-table";
import {
  BASE_DN,
  SERVICE_DN,
  SERVICE_PASSWORD,
  dnOf,
  startSlapd,
} from "#access/directory/testing/slapd";
import type { Slapd } from "#access/directory/testing/slapd";
import { authenticateMessage, negotiateMessage } from "#access/ntlm/testing/messages";
import type { Pool } from "#fleet/pools/model";
import { createPool } from "#fleet/pools/server/create-pool";
import { readProvisioning } from "#formats/protocol/provisioning-xml";
import { aContext } from "#foundation/core/testing/contexts";
import { db } from "#foundation/platform/db/client";
import { openDatabaseLine } from "#foundation/platform/testing/database-line";
import type { TcpLine } from "#foundation/platform/testing/tcp-line";
import { startSettings } from "#foundation/settings/server/live-settings";
import { reloadRules } from "#phones/check/testing/stored-update";
import type { RawResponse } from "#phones/device-api/testing/device-server";
import { deviceService } from "#phones/device-api/testing/device-service";
import { keepAliveConnection } from "#phones/device-api/testing/keep-alive-connection";
import { startHomeTable } from "#phones/home-pools/server/home-table";
import { listUserHomes } from "#phones/home-pools/server/list-user-homes";
import {
  findProvisioningSwitch,
  setProvisioningSwitch,
} from "#phones/home-pools/server/provisioning-switch";
import { removeUserHomes } from "#phones/home-pools/server/remove-user-homes";
import { setUserHome } from "#phones/home-pools/server/set-user-home";

const HELPER = fileURLToPath(
  new URL("../../access/ntlm/testing/scripted-helper.mjs", import.meta.url),
);

let line: TcpLine;
let slapd: Slapd;

beforeAll(async () => {
  slapd = await startSlapd();
  line = await openDatabaseLine();
});

const { internal: inside, external: outside } = deviceService({
  env: () => ({
    LDAP_URLS: slapd.ldapsUrl,
    LDAP_CA_FILE: slapd.authority.caFile,
    LDAP_BASE_DN: BASE_DN,
    LDAP_BIND_DN: SERVICE_DN,
    LDAP_BIND_PASSWORD: SERVICE_PASSWORD,
    LDAP_DOMAINS: "CONTOSO=contoso.com,fabrikam.com",
    NTLM_HELPER: HELPER,
  }),
});
let east: Pool;

afterAll(async () => {
  await (await startTokenTable()).stop();
  line.close();
  await slapd.remove();
});

beforeEach(async () => {
  east = await addPool("pool01.contoso.com", "https://pool01.contoso.com", ["contoso.com"]);
  await addPool("pool02.contoso.com", "http://pool02.contoso.com:3000", []);
  await reloadRules();
  await startSettings();
  await startHomeTable();
});

afterEach(async () => {
  line.mend();
  await (await startHomeTable()).stop();
  await (await startSettings()).stop();
});

function addPool(fqdn: string, internalBaseUrl: string, sipDomains: string[]): Promise<Pool> {
  const isDefault = sipDomains.length > 0;
  return createPool(aContext(), {
    fqdn,
    siteName: "Default",
    internalBaseUrl,
    externalBaseUrl: `https://web.${fqdn}`,
    sipDomains,
    isDefault,
  });
}

function ask(user: string): Promise<RawResponse> {
  return inside.send({ path: `/api/update/provisioning?user=${encodeURIComponent(user)}` });
}

function askOutside(user: string, credentials: string | null): Promise<RawResponse> {
  const authorization = `Basic ${Buffer.from(credentials ?? "").toString("base64")}`;
  return outside.send({
    path: `/api/update/external/provisioning?user=${encodeURIComponent(user)}`,
    headers: credentials === null ? {} : { authorization },
  });
}

/** Waits until a change has reached the running process by notification. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (await holds()) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("The condition did not become true.");
}

async function internalUrlOf(user: string): Promise<string | undefined> {
  return readProvisioning((await ask(user)).body.toString("utf8"))?.internalUrl;
}

test("answers with the document of the pool of the user's domain", async () => {
  const response = await ask("sip:AdamB@Contoso.com");

  expect(response.status).toBe(200);
  expect(response.headers["content-type"]).toBe(
    "application/vnd-microsoft-roaming-provisioning-v2+xml; charset=utf-8",
  );
  expect(response.body.toString("utf8")).toBe(`<?xml version="1.0" encoding="utf-8"?>
<provisionGroupList xmlns="http://schemas.microsoft.com/2006/09/sip/provisiongrouplist-notification">
  <provisionGroup name="ServerConfiguration">
    <updatesServerInternalUrl>https://pool01.contoso.com:443/RequestHandler/ucdevice.upx</updatesServerInternalUrl>
    <updatesServerExternalUrl>https://web.pool01.contoso.com:443/RequestHandlerExt/ucdevice.upx</updatesServerExternalUrl>
    <updatesServerEnabled>true</updatesServerEnabled>
  </provisionGroup>
</provisionGroupList>
`);
});

test("answers in the running process with the assigned pool, until the assignment is removed", async () => {
  const given = { sipAddress: "adamb@contoso.com", poolFqdn: "pool02.contoso.com", userName: "" };
  await setUserHome(aContext(), given);
  const other = "http://pool02.contoso.com:3000/RequestHandler/ucdevice.upx";
  await until(async () => (await internalUrlOf("ADAMB@contoso.com")) === other);

  expect(await internalUrlOf("anna@contoso.com")).toContain("pool01");

  await removeUserHomes(aContext(), { sipAddresses: ["adamb@contoso.com"] });
  await until(async () => (await internalUrlOf("adamb@contoso.com")) !== other);
  expect(
    await db.auditEntry.findMany({ select: { action: true }, orderBy: { id: "asc" } }),
  ).toEqual(expect.arrayContaining([{ action: "user_home.set" }, { action: "user_home.removed" }]));
});

test.each([
  ["for all pools", () => ({ isEnabled: false, disabledPoolIds: [] })],
  ["for one pool", () => ({ isEnabled: true, disabledPoolIds: [east.id] })],
])("switches updates off %s", async (_scope, change) => {
  await setProvisioningSwitch(aContext(), { seenAt: null, ...change() });

  await until(async () => {
    const { body } = await ask("adamb@contoso.com");
    return readProvisioning(body.toString("utf8"))?.isEnabled === false;
  });
  expect(await findProvisioningSwitch(aContext({ role: "viewer" }))).toMatchObject(change());
});

test("answers while the database is down", async () => {
  line.cut();

  expect((await ask("adamb@contoso.com")).status).toBe(200);
});

test.each(["", "adamb", "?"])("refuses %j as the user", async (user) => {
  expect((await ask(user)).status).toBe(400);
});

test("outside, requires credentials", async () => {
  const response = await askOutside("adamb@contoso.com", null);

  expect(response.status).toBe(401);
  expect(response.headers["www-authenticate"]).toContain("Basic");
});

test("outside, answers users about themselves only, and does not disclose whether others exist", async () => {
  await createAccount(aContext(), { name: "carol", password: "correct horse", role: "viewer" });
  const given = { sipAddress: "anna@contoso.com", poolFqdn: "pool02.contoso.com", userName: "" };
  await setUserHome(aContext(), given);
  const strip = ({ body }: RawResponse): string =>
    body.toString().replaceAll(/"(instance|requestId)":"[^"]*"/g, "");

  const own = await askOutside("carol@contoso.com", "carol:correct horse");
  const known = await askOutside("anna@contoso.com", "carol:correct horse");
  const unknown = await askOutside("missing@contoso.com", "carol:correct horse");
  const elsewhere = await askOutside("carol@evil.com", "carol:correct horse");

  expect(own.status).toBe(200);
  expect(known.status).toBe(403);
  expect(unknown.status).toBe(403);
  expect(elsewhere.status).toBe(403);
  expect(strip(unknown)).toBe(strip(known));
});

test.each(["adamb", String.raw`CONTOSO\adamb`, "adamb@contoso.com", "sip:adam.barr@fabrikam.com"])(
  "outside, answers %s of the directory about the address that the directory names, and no other",
  async (name) => {
    const as = `${name}:Adams password`;
    const own = await askOutside("sip:adam.barr@fabrikam.com", as);
    const binds = await slapd.countBinds(dnOf("adamb"));
    const repeated = await askOutside("sip:adam.barr@fabrikam.com", as);

    expect([own.status, repeated.status]).toEqual([200, 200]);
    // The second answer came from the cache, which holds the address too.
    expect(await slapd.countBinds(dnOf("adamb"))).toBe(binds);
    for (const other of ["adamb@contoso.com", "anna@fabrikam.com", "adam.barr@evil.com"]) {
      expect((await askOutside(other, as)).status).toBe(403);
    }
  },
);

test("outside, matches a user without an address in the directory by name, in known domains only", async () => {
  const statusOf = async (user: string, name: string): Promise<number> =>
    (await askOutside(user, `${name}:Berts password`)).status;

  expect(await statusOf("bert@contoso.com", "bert")).toBe(200);
  expect(await statusOf("bert@fabrikam.com", "bert")).toBe(200);
  expect(await statusOf("bert@evil.com", "bert")).toBe(403);
  expect(await statusOf("bert@contoso.com", String.raw`CONTOSO\bert`)).toBe(200);
  expect(await statusOf("bert@fabrikam.com", String.raw`CONTOSO\bert`)).toBe(403);
  expect(await statusOf("bert@contoso.com", "bert@contoso.com")).toBe(200);
});

test("outside, answers a user who signed in by NTLM about themselves only", async () => {
  const phone = keepAliveConnection(outside.port);
  const send = async (user: string, message: string | null): Promise<number> => {
    const path = `/api/update/external/provisioning?user=${encodeURIComponent(user)}`;
    const headers: Record<string, string> =
      message === null ? {} : { authorization: `NTLM ${message}` };
    return (await phone.send({ path, headers })).status;
  };
  const answer = authenticateMessage({ user: "good", domain: "CONTOSO" });

  expect(await send("good@contoso.com", negotiateMessage())).toBe(401);
  expect(await send("good@contoso.com", answer)).toBe(200);
  expect(await send("good@fabrikam.com", null)).toBe(403);
  expect(await send("good@evil.com", null)).toBe(403);
  phone.close();
});

test("outside, refuses a device token, even if its name is a user's address", async () => {
  const { secret } = await createDeviceToken(aContext({ now: new Date() }), {
    name: "adamb@contoso.com",
    macAddress: null,
    keepDays: 1,
  });

  await eventually(async () => {
    const response = await askOutside("adamb@contoso.com", `token:${secret}`);
    expect(response.status).toBe(403);
    expect(response.body.toString()).toContain("A device token belongs to no user");
  });
});

test("lists and searches homes, and lets only an administrator set them", async () => {
  const context = aContext();
  const given = { poolFqdn: "POOL02.contoso.com".toLowerCase(), userName: "CONTOSO\\adamb" };
  await setUserHome(context, { sipAddress: "adamb@contoso.com", ...given });
  await setUserHome(context, { sipAddress: "anna@contoso.com", ...given, userName: "" });
  const search = { q: "adamb", sort: "pool", order: "asc", page: 9 } as const;

  expect(await listUserHomes(aContext({ role: "viewer" }), search)).toMatchObject({
    userHomes: [{ sipAddress: "adamb@contoso.com", poolFqdn: "pool02.contoso.com" }],
    total: 1,
    page: 1,
  });
  const refused = setUserHome(aContext({ role: "operator" }), {
    sipAddress: "adamb@contoso.com",
    ...given,
  });
  await expect(refused).rejects.toMatchObject({ code: "forbidden" });
  const lost = setUserHome(context, { ...given, sipAddress: "a@b.com", poolFqdn: "no.such.pool" });
  await expect(lost).rejects.toMatchObject({ code: "not_found" });
});
