import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { aCheckBody } from "#phones/check/testing/check-body";
import { deviceService } from "#phones/device-api/testing/device-service";
import { createAccount } from "#access/accounts/server/create-account";
import { aStoredUpdate, reloadRules } from "#phones/check/testing/stored-update";
import { aContext } from "#foundation/core/testing/contexts";
import type { RawResponse } from "#phones/device-api/testing/device-server";
import { sendRaw } from "#phones/device-api/testing/device-server";
import type { KeptAnswer } from "#phones/device-api/testing/keep-alive-connection";
import { keepAliveConnection } from "#phones/device-api/testing/keep-alive-connection";
import { createDeviceToken } from "#access/device-tokens/server/create-device-token";
import { revokeDeviceToken } from "#access/device-tokens/server/revoke-device-token";
import { startTokenTable } from "#access/device-tokens/server/token-table";
import type { Slapd } from "#access/directory/testing/slapd";
import {
  BASE_DN,
  SERVICE_DN,
  SERVICE_PASSWORD,
  dnOf,
  startSlapd,
} from "#access/directory/testing/slapd";
import { authenticateMessage, negotiateMessage } from "#access/ntlm/testing/messages";
import { db } from "#foundation/platform/db/client";
import type { DatabaseLine } from "#foundation/platform/testing/database-line";
import { openDatabaseLine } from "#foundation/platform/testing/database-line";
import { aPool, act } from "#firmware/rules/testing/rules";

const run = promisify(execFile);

const CHECK = "/api/update/external/check";
const IMAGE = "/api/update/external/files/UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE/CPE.nbt";
const HELPER = fileURLToPath(
  new URL("../../access/ntlm/testing/scripted-helper.mjs", import.meta.url),
);
const MAC = "0004F2000176";
const ADAM = "Adams password";

let line: DatabaseLine;
let slapd: Slapd;

beforeAll(async () => {
  slapd = await startSlapd();
  line = await openDatabaseLine();
});

const { external: outside, flush } = deviceService({
  env: () => ({
    LDAP_URLS: slapd.ldapsUrl,
    LDAP_CA_FILE: slapd.authority.caFile,
    LDAP_BASE_DN: BASE_DN,
    LDAP_BIND_DN: SERVICE_DN,
    LDAP_BIND_PASSWORD: SERVICE_PASSWORD,
    LDAP_CACHE_SECONDS: "0",
    LDAP_MAX_WRONG_PASSWORDS: "1000",
    NTLM_HELPER: HELPER,
    NTLM_HELPERS: "4",
  }),
});

afterAll(async () => {
  await (await startTokenTable()).stop();
  line.close();
  await slapd.remove();
});

beforeEach(async () => {
  await createAccount(aContext(), { name: "operator", password: "correct horse", role: "viewer" });
  const { ruleId } = await aStoredUpdate(await aPool(), { version: "4.0.7577.4387" });
  await act("approve", ruleId);
  await reloadRules();
});

afterEach(() => {
  line.mend();
});

function basic(name: string, password: string): { readonly authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}` };
}

function aCheck({ model = "CX600", macAddress = MAC, version = "4.0.0.0" } = {}) {
  const body = aCheckBody("json", { model, macAddress, version });
  return { method: "POST", path: CHECK, body } as const;
}

function check(headers: Record<string, string>, wishes = {}): Promise<RawResponse> {
  return outside.send({ ...aCheck(wishes), headers });
}

test.each([String.raw`CONTOSO\adamb`, "adamb@contoso.com", "sip:adam.barr@fabrikam.com", "adamb"])(
  "a user of the directory is let in as %s, and is on record as such",
  async (name) => {
    const response = await check(basic(name, ADAM));

    expect(response.status).toBe(200);
    expect(response.json()).toMatchObject({ downloads: 1 });
    expect((await outside.send({ path: IMAGE, headers: basic(name, ADAM) })).status).toBe(200);
    await flush();
    expect(await db.device.findFirst()).toMatchObject({ side: "external", userName: name });
  },
);

test.each([
  ["a wrong password", "adamb", "wrong"],
  ["no password", "adamb", ""],
  ["a disabled account", "gone", "Gones password"],
  ["nobody", "nobody", ADAM],
  ["a filter for a name", "adam*", ADAM],
  ["a token that is none", "token", "ucd_nothing"],
])(
  "%s is refused, with every way of signing in on a line of its own",
  async (...[, name, password]) => {
    const phone = keepAliveConnection(outside.port);
    const response = await phone.send({ ...aCheck(), headers: basic(name, password) });
    phone.close();

    expect(response.status).toBe(401);
    expect(response.challenges).toEqual(["NTLM", 'Basic realm="ucupdates", charset="UTF-8"']);
  },
);

test("an account of that name decides alone: the directory's password for it counts for nothing", async () => {
  await createAccount(aContext(), { name: "anna", password: "another one", role: "viewer" });
  const before = await slapd.countBinds(dnOf("anna"));

  expect((await check(basic("anna", "Annas password"))).status).toBe(401);
  expect((await check(basic("anna", "another one"))).status).toBe(200);
  expect(await slapd.countBinds(dnOf("anna"))).toBe(before);
});

test("a model nobody knows is answered exactly like one with nothing due", async () => {
  const unknown = await check(basic("adamb", ADAM), { model: "CX9999" });
  const nothingDue = await check(basic("adamb", ADAM), { version: "4.0.7577.4387" });

  expect(unknown.status).toBe(200);
  expect(unknown.body.toString()).toBe(nothingDue.body.toString());
});

test("while the directory is down its users are told to come back, and everybody else is let in", async () => {
  const { secret } = await createDeviceToken(aContext({ now: new Date() }), {
    name: "lobby",
    macAddress: null,
    keepDays: 1,
  });
  await slapd.stop();
  try {
    for (const password of [ADAM, "not tried before"]) {
      const refused = await check(basic("adamb", password));
      expect(refused.status).toBe(503);
      expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
      expect(refused.headers["www-authenticate"]).toBeUndefined();
    }
    await flush();
    expect(await db.deviceCheck.count({ where: { outcome: "unavailable" } })).toBe(2);
    expect((await check(basic("operator", "correct horse"))).status).toBe(200);
    expect((await check(basic("operator", "wrong"))).status).toBe(401);
    await vi.waitFor(async () => {
      expect((await check({ authorization: `Bearer ${secret}` })).status).toBe(200);
    });
  } finally {
    await slapd.start();
  }
  await vi.waitFor(
    async () => {
      expect((await check(basic("adamb", ADAM))).status).toBe(200);
    },
    { timeout: 10_000, interval: 250 },
  );
});

test("while PostgreSQL is away the directory's users are let in, and nobody is called wrong who may have an account", async () => {
  line.cut();

  expect((await check(basic("star*)(x", "Stars password"))).status).toBe(200);
  const unknown = await check(basic("somebody", "wrong"));
  expect(unknown.status).toBe(503);
  expect(Number(unknown.headers["retry-after"])).toBeGreaterThan(0);
});

test("a device token lets a phone in, by either form, until it is revoked", async () => {
  const context = aContext({ now: new Date() });
  const { token, secret } = await createDeviceToken(context, {
    name: "lobby",
    macAddress: null,
    keepDays: 1,
  });
  await vi.waitFor(async () => {
    expect((await check({ authorization: `Bearer ${secret}` })).status).toBe(200);
  });
  expect((await check(basic("token", secret))).status).toBe(200);
  expect((await outside.send({ path: IMAGE, headers: basic("token", secret) })).status).toBe(200);

  await revokeDeviceToken(context, { tokenId: token.id });
  await vi.waitFor(async () => {
    expect((await check({ authorization: `Bearer ${secret}` })).status).toBe(401);
  });
});

test("a token of one phone is refused from another, which learns nothing from that", async () => {
  const { secret } = await createDeviceToken(aContext({ now: new Date() }), {
    name: "lobby",
    macAddress: MAC,
    keepDays: null,
  });
  const headers = { authorization: `Bearer ${secret}` };
  await vi.waitFor(async () => {
    expect((await check(headers)).status).toBe(200);
  });

  const other = await check(headers, { macAddress: "0004F2000177" });
  expect(other.status).toBe(403);
  expect(other.body.toString()).not.toMatch(/0004F2|mac/i);
  expect((await check(headers, { macAddress: "0004F2000177", model: "CX9999" })).status).toBe(403);
});

test("a token of one phone uploads no other phone's logs", async () => {
  const { secret } = await createDeviceToken(aContext({ now: new Date() }), {
    name: "lobby",
    macAddress: MAC,
    keepDays: null,
  });
  const upload = async (macAddress: string): Promise<number> => {
    const device = { deviceType: "UCPhone", vendor: "POLYCOM", model: "CX600", macAddress };
    const meta = { type: "celog", device };
    const form = new FormData();
    form.set("meta", JSON.stringify(meta));
    form.set("file", new File(["log"], "one.clg"));
    const response = await fetch(`http://127.0.0.1:${outside.port}/api/update/external/logs`, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}` },
      body: form,
    });
    return response.status;
  };
  await vi.waitFor(async () => {
    expect(await upload(MAC)).toBe(201);
  });
  expect(await upload("0004F2000177")).toBe(403);
  expect(await db.deviceLog.findMany()).toMatchObject([{ macAddress: MAC }]);
});

test("who guesses is told to wait before the directory is asked again", async () => {
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 30; attempt++) {
    const response = await check(basic("adamb", `guess ${attempt}`));
    statuses.push(response.status);
    if (response.status === 429) {
      expect(Number(response.headers["retry-after"])).toBeGreaterThan(0);
    }
  }
  expect(statuses).toContain(429);
  const before = await slapd.countBinds(SERVICE_DN);
  expect((await check(basic("adamb", "one more guess"))).status).toBe(429);
  expect(await slapd.countBinds(SERVICE_DN)).toBe(before);
});

/** Sends both messages of a handshake over one connection. */
async function handshake(user: string, send: (authorization: string) => Promise<KeptAnswer>) {
  const first = await send(`NTLM ${negotiateMessage()}`);
  const answer = authenticateMessage({ user, domain: "CONTOSO" });
  return { first, second: await send(`NTLM ${answer}`) };
}

test("NTLM authenticates a connection: what follows on it needs no more, and another one knows nothing", async () => {
  const phone = keepAliveConnection(outside.port);
  const { first, second } = await handshake("good", (authorization) =>
    phone.send({ ...aCheck(), headers: { authorization } }),
  );
  expect(first.status).toBe(401);
  expect(first.challenges).toEqual([expect.stringMatching(/^NTLM [A-Za-z0-9+/]+=*$/)]);
  expect(second.status).toBe(200);
  expect((await phone.send({ path: IMAGE })).status).toBe(200);
  expect((await phone.send(aCheck())).status).toBe(200);
  expect(phone.connections()).toBe(1);
  phone.close();

  const other = keepAliveConnection(outside.port);
  expect((await other.send(aCheck())).status).toBe(401);
  other.close();
  await flush();
  expect(await db.device.findFirst()).toMatchObject({ userName: String.raw`CONTOSO\good` });
  // The handshake itself is no check: two that were answered and one that brought nothing.
  const outcomes = (await db.deviceCheck.findMany()).map(({ outcome }) => outcome);
  expect(outcomes.toSorted()).toEqual(["offered", "offered", "unauthenticated"]);
});

test("a wrong password by NTLM is refused with every challenge anew, and the connection stays nobody's", async () => {
  const phone = keepAliveConnection(outside.port);
  const { second } = await handshake("bad", (authorization) =>
    phone.send({ ...aCheck(), headers: { authorization } }),
  );
  expect(second.status).toBe(401);
  expect(second.challenges[0]).toBe("NTLM");
  expect((await phone.send(aCheck())).status).toBe(401);
  phone.close();
});

test("NTLM that cannot be judged is answered with 503, and Basic still works", async () => {
  const phone = keepAliveConnection(outside.port);
  const { second } = await handshake("down", (authorization) =>
    phone.send({ ...aCheck(), headers: { authorization } }),
  );
  expect(second.status).toBe(503);
  expect(
    (await phone.send({ ...aCheck(), headers: basic("operator", "correct horse") })).status,
  ).toBe(200);
  phone.close();
});

test("curl speaks NTLM to it", async () => {
  const { stdout } = await run("curl", [
    ...["--silent", "--ntlm", "--user", String.raw`CONTOSO\good:secret`],
    ...["--header", "content-type: application/json", "--data", aCheck().body],
    ...["--write-out", "\n%{http_code}", `http://127.0.0.1:${outside.port}${CHECK}`],
  ]);
  expect(stdout).toMatch(/"downloads":1.*\n200$/s);
});

type Guesses = {
  readonly localAddress: string;
  readonly headers: (index: number) => Record<string, string>;
};

/** How often each status was the answer to 120 guesses sent at once from an address. */
async function guessAtOnce({ localAddress, headers }: Guesses): Promise<Record<number, number>> {
  const target = { port: outside.port, localAddress };
  const guesses = Array.from({ length: 120 }, (_, index) =>
    sendRaw(target, { ...aCheck(), headers: headers(index) }),
  );
  const counts: Record<number, number> = {};
  for (const { status } of await Promise.all(guesses)) {
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

test("of 120 wrong passwords sent at once for one name the directory is asked for five", async () => {
  const before = await slapd.countBinds(dnOf("anna"));
  const headers = (index: number) => basic("anna", `wrong ${index}`);
  expect(await guessAtOnce({ localAddress: "127.0.0.51", headers })).toEqual({ 401: 5, 429: 115 });
  expect(await slapd.countBinds(dnOf("anna"))).toBe(before + 5);
});

test("of 120 wrong device tokens sent at once twenty are evaluated", async () => {
  const headers = (index: number) => basic("token", `ucd_wrong_${index}`);
  expect(await guessAtOnce({ localAddress: "127.0.0.52", headers })).toEqual({ 401: 20, 429: 100 });
});
