import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  expect,
  onTestFinished,
  test,
  vi,
} from "vitest";
import { eventually } from "#foundation/core/testing/eventually";
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
import type { TcpLine } from "#foundation/platform/testing/tcp-line";
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

let line: TcpLine;
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

function check(headers: Record<string, string>, overrides = {}): Promise<RawResponse> {
  return outside.send({ ...aCheck(overrides), headers });
}

test.each([String.raw`CONTOSO\adamb`, "adamb@contoso.com", "sip:adam.barr@fabrikam.com", "adamb"])(
  "admits a directory user as %s, and records that name",
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
  ["an unknown user", "missing", ADAM],
  ["an LDAP filter as a name", "adam*", ADAM],
  ["an invalid token", "token", "ucd_nothing"],
])(
  "refuses %s, with each authentication scheme on its own header line",
  async (...[, name, password]) => {
    const phone = keepAliveConnection(outside.port);
    const response = await phone.send({ ...aCheck(), headers: basic(name, password) });
    phone.close();

    expect(response.status).toBe(401);
    expect(response.challenges).toEqual(["NTLM", 'Basic realm="ucupdates", charset="UTF-8"']);
  },
);

test("ignores the directory's password for a name that has an account", async () => {
  await createAccount(aContext(), { name: "anna", password: "another one", role: "viewer" });
  const before = await slapd.countBinds(dnOf("anna"));

  expect((await check(basic("anna", "Annas password"))).status).toBe(401);
  expect((await check(basic("anna", "another one"))).status).toBe(200);
  expect(await slapd.countBinds(dnOf("anna"))).toBe(before);
});

test("answers an unknown model exactly like a phone with nothing due", async () => {
  const unknown = await check(basic("adamb", ADAM), { model: "CX9999" });
  const nothingDue = await check(basic("adamb", ADAM), { version: "4.0.7577.4387" });

  expect(unknown.status).toBe(200);
  expect(unknown.body.toString()).toBe(nothingDue.body.toString());
});

test("while the directory is down, tells its users to retry, and admits accounts and device tokens", async () => {
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
    await eventually(async () => {
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

test("while PostgreSQL is down, admits directory users, and answers 503 for a name that may have an account", async () => {
  line.cut();

  expect((await check(basic("star*)(x", "Stars password"))).status).toBe(200);
  const unknown = await check(basic("stranger", "wrong"));
  expect(unknown.status).toBe(503);
  expect(Number(unknown.headers["retry-after"])).toBeGreaterThan(0);
});

test("admits a phone by a device token, in both forms, until it is revoked", async () => {
  const context = aContext({ now: new Date() });
  const { token, secret } = await createDeviceToken(context, {
    name: "lobby",
    macAddress: null,
    keepDays: 1,
  });
  await eventually(async () => {
    expect((await check({ authorization: `Bearer ${secret}` })).status).toBe(200);
  });
  expect((await check(basic("token", secret))).status).toBe(200);
  expect((await outside.send({ path: IMAGE, headers: basic("token", secret) })).status).toBe(200);

  await revokeDeviceToken(context, { tokenId: token.id });
  await eventually(async () => {
    expect((await check({ authorization: `Bearer ${secret}` })).status).toBe(401);
  });
});

test("refuses the token of one phone from another phone, and discloses nothing", async () => {
  const { secret } = await createDeviceToken(aContext({ now: new Date() }), {
    name: "lobby",
    macAddress: MAC,
    keepDays: null,
  });
  const headers = { authorization: `Bearer ${secret}` };
  await eventually(async () => {
    expect((await check(headers)).status).toBe(200);
  });

  const other = await check(headers, { macAddress: "0004F2000177" });
  expect(other.status).toBe(403);
  expect(other.body.toString()).not.toMatch(/0004F2|mac/i);
  expect((await check(headers, { macAddress: "0004F2000177", model: "CX9999" })).status).toBe(403);
});

test("refuses the logs of other phones with the token of one phone", async () => {
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
  await eventually(async () => {
    expect(await upload(MAC)).toBe(201);
  });
  expect(await upload("0004F2000177")).toBe(403);
  expect(await db.deviceLog.findMany()).toMatchObject([{ macAddress: MAC }]);
});

test("throttles password guessing before the directory is asked again", async () => {
  // The first wait is two seconds long.
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
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

/** Sends both messages of an NTLM handshake over one connection. */
async function handshake(user: string, send: (authorization: string) => Promise<KeptAnswer>) {
  const first = await send(`NTLM ${negotiateMessage()}`);
  const answer = authenticateMessage({ user, domain: "CONTOSO" });
  return { first, second: await send(`NTLM ${answer}`) };
}

test("authenticates a connection by NTLM: later requests on it need no credentials, other connections do", async () => {
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
  // The handshake itself is not recorded: two answered checks and one without credentials remain.
  const outcomes = (await db.deviceCheck.findMany()).map(({ outcome }) => outcome);
  expect(outcomes.toSorted()).toEqual(["offered", "offered", "unauthenticated"]);
});

test("refuses a wrong NTLM password with all challenges, and leaves the connection unauthenticated", async () => {
  const phone = keepAliveConnection(outside.port);
  const { second } = await handshake("bad", (authorization) =>
    phone.send({ ...aCheck(), headers: { authorization } }),
  );
  expect(second.status).toBe(401);
  expect(second.challenges[0]).toBe("NTLM");
  expect((await phone.send(aCheck())).status).toBe(401);
  phone.close();
});

test("answers 503 if NTLM cannot be verified, and still accepts Basic", async () => {
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

test("accepts NTLM from curl", async () => {
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

/** Counts the answers to 120 concurrent guesses from one address, by status. */
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

test("asks the directory about five of 120 concurrent wrong passwords for one name", async () => {
  const before = await slapd.countBinds(dnOf("anna"));
  const headers = (index: number) => basic("anna", `wrong ${index}`);
  expect(await guessAtOnce({ localAddress: "127.0.0.51", headers })).toEqual({ 401: 5, 429: 115 });
  expect(await slapd.countBinds(dnOf("anna"))).toBe(before + 5);
});

test("evaluates twenty of 120 concurrent wrong device tokens", async () => {
  const headers = (index: number) => basic("token", `ucd_wrong_${index}`);
  expect(await guessAtOnce({ localAddress: "127.0.0.52", headers })).toEqual({ 401: 20, 429: 100 });
});
