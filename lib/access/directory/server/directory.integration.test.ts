import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { Socket } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { DirectoryConfiguration } from "#access/directory/model";
import { PasswordBudget } from "#access/directory/password-budget";
import type { DirectoryBudget } from "#access/directory/server/shared-password-budget";
import { SharedPasswordBudget } from "#access/directory/server/shared-password-budget";
import { Directory } from "#access/directory/server/directory";
import type { Slapd } from "#access/directory/testing/slapd";
import {
  BASE_DN,
  SERVICE_DN,
  SERVICE_PASSWORD,
  dnOf,
  startSlapd,
} from "#access/directory/testing/slapd";
import { freePort } from "#foundation/platform/testing/loopback";

const ADAM = "Adams password";

let slapd: Slapd;
let ca: string;
let nowMs: number;

beforeAll(async () => {
  slapd = await startSlapd();
  ca = await readFile(slapd.authority.caFile, "utf8");
});

afterAll(async () => {
  await slapd.remove();
});

beforeEach(() => {
  nowMs = 1_000_000;
});

type Options = Partial<DirectoryConfiguration> & {
  readonly ca?: string | null;
  readonly budget?: DirectoryBudget;
};

function aDirectory({ ca: chosenCa = ca, budget, ...options }: Options = {}): Directory {
  const configuration: DirectoryConfiguration = {
    servers: [{ url: slapd.ldapUrl, isStartTls: false }],
    lookup: { kind: "search", bindDn: SERVICE_DN, bindPassword: SERVICE_PASSWORD },
    baseDn: BASE_DN,
    userFilter: null,
    sipAttribute: "msRTCSIP-PrimaryUserAddress",
    domains: [],
    timeoutMs: 1_000,
    cacheMs: 300_000,
    maxConnections: 4,
    wrongPasswords: { max: 4, windowMs: 1_800_000 },
    ...options,
  };
  return new Directory({
    ...configuration,
    session: { timeoutMs: configuration.timeoutMs, ca: chosenCa },
    budget: budget ?? new PasswordBudget(configuration.wrongPasswords),
    clock: () => nowMs,
  });
}

async function countNewBinds(user: string, action: () => Promise<unknown>): Promise<number> {
  const before = await slapd.countBinds(dnOf(user));
  await action();
  return (await slapd.countBinds(dnOf(user))) - before;
}

test.each([
  String.raw`CONTOSO\adamb`,
  "adamb@contoso.com",
  "ADAMB@CONTOSO.COM",
  "adam.barr@fabrikam.com",
  "sip:adam.barr@fabrikam.com",
  "adamb",
])("accepts %s with the correct password and refuses a wrong one", async (name) => {
  const directory = aDirectory();
  expect(await directory.check(name, ADAM)).toEqual({
    outcome: "valid",
    user: { name, sipAddress: "adam.barr@fabrikam.com" },
  });
  expect(await directory.check(name, "wrong")).toEqual({ outcome: "invalid" });
});

const ENCRYPTED = [
  ["ldaps", () => ({ url: slapd.ldapsUrl, isStartTls: false })],
  ["StartTLS", () => ({ url: slapd.ldapUrl, isStartTls: true })],
] as const;

test.each(ENCRYPTED)("checks a password over %s", async (_, server) => {
  expect(await aDirectory({ servers: [server()] }).check("adamb", ADAM)).toMatchObject({
    outcome: "valid",
  });
});

test.each(ENCRYPTED)(
  "sends nothing over %s to a server whose certificate it does not trust",
  async (_, server) => {
    const directory = aDirectory({ servers: [server()], ca: null });
    const binds = await countNewBinds("adamb", async () => {
      await expect(directory.check("adamb", ADAM)).rejects.toMatchObject({ code: "unavailable" });
    });
    expect(binds).toBe(0);
  },
);

test("refuses an empty password, which the directory would treat as anonymous", async () => {
  const direct = { kind: "direct", template: `uid={user},ou=people,${BASE_DN}` } as const;
  for (const directory of [aDirectory(), aDirectory({ lookup: direct, baseDn: null })]) {
    expect(await directory.check("adamb", "")).toEqual({ outcome: "invalid" });
  }
});

test("refuses an account that is disabled in the directory, and does not send its password", async () => {
  const binds = await countNewBinds("gone", async () => {
    expect(await aDirectory().check("gone", "Gones password")).toEqual({ outcome: "invalid" });
  });
  expect(binds).toBe(0);
  const direct = { kind: "direct", template: `uid={user},ou=people,${BASE_DN}` } as const;
  expect(await aDirectory({ lookup: direct }).check("gone", "Gones password")).toEqual({
    outcome: "invalid",
  });
});

test("binds directly by a template, without a service account", async () => {
  const lookup = { kind: "direct", template: `uid={user},ou=people,${BASE_DN}` } as const;
  const directory = aDirectory({ lookup });
  expect(await directory.check("adamb", ADAM)).toMatchObject({
    outcome: "valid",
    user: { sipAddress: "adam.barr@fabrikam.com" },
  });
  expect(await directory.check("missing", ADAM)).toEqual({ outcome: "invalid" });
});

test.each(["*", "adam*", "*)(uid=adamb", "adamb)(objectClass=*", "adamb,ou=people", "a\0"])(
  "treats %j as a literal name",
  async (name) => {
    const lookup = { kind: "direct", template: `uid={user},ou=people,${BASE_DN}` } as const;
    expect(await aDirectory().check(name, ADAM)).toEqual({ outcome: "invalid" });
    expect(await aDirectory({ userFilter: "(uid={user})" }).check(name, ADAM)).toEqual({
      outcome: "invalid",
    });
    expect(await aDirectory({ lookup }).check(name, ADAM)).toEqual({ outcome: "invalid" });
  },
);

test("finds a user whose name contains filter characters", async () => {
  const directory = aDirectory();
  expect(await directory.check("star*)(x", "Stars password")).toMatchObject({ outcome: "valid" });
});

test("refuses a name that matches several entries", async () => {
  const directory = aDirectory({ userFilter: "(|(uid={user})(uid=anna))" });
  expect(await directory.check("adamb", ADAM)).toEqual({ outcome: "invalid" });
});

test("tries the next server if one is down, hangs, or has an untrusted certificate", async () => {
  const held: Socket[] = [];
  const silent = createServer((socket) => held.push(socket));
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  const address = silent.address();
  const silentPort = typeof address === "object" ? address?.port : undefined;
  const directory = aDirectory({
    servers: [
      { url: `ldap://127.0.0.1:${await freePort()}`, isStartTls: false },
      { url: `ldap://127.0.0.1:${silentPort}`, isStartTls: false },
      { url: slapd.ldapsUrl.replace("localhost", "localhost."), isStartTls: false },
      { url: slapd.ldapUrl, isStartTls: false },
    ],
    timeoutMs: 2_000,
  });
  try {
    expect(await directory.check("adamb", ADAM)).toMatchObject({ outcome: "valid" });
    // The next check skips the servers that failed.
    const connections = held.length;
    expect(await directory.check("anna", "Annas password")).toMatchObject({ outcome: "valid" });
    expect(held.length).toBe(connections);
  } finally {
    for (const socket of held) {
      socket.destroy();
    }
    silent.close();
  }
});

test("asks no further server after a refusal, so that a wrong password counts once", async () => {
  const servers = [
    { url: slapd.ldapUrl, isStartTls: false },
    { url: slapd.ldapsUrl, isStartTls: false },
  ];
  const binds = await countNewBinds("adamb", () => aDirectory({ servers }).check("adamb", "wrong"));
  expect(binds).toBe(1);
});

test("throws unavailable while the directory is down, and recovers afterwards", async () => {
  const directory = aDirectory();
  await slapd.stop();
  try {
    const refused = directory.check("adamb", ADAM);
    await expect(refused).rejects.toMatchObject({ code: "unavailable", retryAfterSeconds: 5 });
    nowMs += 2_000;
    await expect(directory.check("anna", "wrong")).rejects.toMatchObject({ retryAfterSeconds: 3 });
  } finally {
    await slapd.start();
  }
  nowMs += 3_000;
  expect(await directory.check("adamb", ADAM)).toMatchObject({ outcome: "valid" });
});

test("accepts a cached password while the directory is down, until the cache entry expires", async () => {
  const directory = aDirectory({ cacheMs: 60_000 });
  await directory.check("adamb", ADAM);
  await slapd.stop();
  try {
    nowMs += 59_999;
    expect(await directory.check("adamb", ADAM)).toMatchObject({ outcome: "valid" });
    nowMs += 1;
    await expect(directory.check("adamb", ADAM)).rejects.toMatchObject({ code: "unavailable" });
  } finally {
    await slapd.start();
  }
});

test("throws unavailable if the directory refuses the service account", async () => {
  const lookup = { kind: "search", bindDn: SERVICE_DN, bindPassword: "outdated" } as const;
  const directory = aDirectory({ lookup });
  const before = await slapd.countBinds(SERVICE_DN);
  for (let attempt = 0; attempt < 5; attempt++) {
    await expect(directory.check("adamb", ADAM)).rejects.toMatchObject({ code: "unavailable" });
  }
  expect((await slapd.countBinds(SERVICE_DN)) - before).toBe(1);
});

test("binds once for many concurrent checks of one phone, and not again while the result is cached", async () => {
  const directory = aDirectory();
  const binds = await countNewBinds("adamb", async () => {
    const storm = Array.from({ length: 200 }, () => directory.check("adamb", ADAM));
    const results = await Promise.all(storm);
    expect(results.every(({ outcome }) => outcome === "valid")).toBe(true);
    await directory.check("adamb", ADAM);
  });
  expect(binds).toBe(1);
});

test("sends a repeated wrong password to the directory once", async () => {
  const directory = aDirectory();
  const binds = await countNewBinds("adamb", async () => {
    for (let attempt = 0; attempt < 20; attempt++) {
      expect(await directory.check("adamb", "forgotten")).toEqual({ outcome: "invalid" });
    }
  });
  expect(binds).toBe(1);
});

test("sends fewer wrong passwords than would lock the account, over all forms of the name", async () => {
  const directory = aDirectory({ wrongPasswords: { max: 4, windowMs: 1_800_000 } });
  const forms = [
    "adamb",
    String.raw`CONTOSO\adamb`,
    "adamb@contoso.com",
    "sip:adam.barr@fabrikam.com",
  ];
  const binds = await countNewBinds("adamb", async () => {
    const guesses = Array.from({ length: 40 }, (_, index) =>
      directory.check(forms[index % forms.length] ?? "", `guess ${index}`),
    );
    const outcomes = (await Promise.all(guesses)).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === "throttled")).toHaveLength(37);
  });
  expect(binds).toBe(3);
});

test("sends fewer wrong passwords than would lock the account, over all processes and at the edge of windows", async () => {
  const wrongPasswords = { max: 4, windowMs: 1_800_000 };
  const processes = [1, 2].map(() =>
    aDirectory({ wrongPasswords, budget: new SharedPasswordBudget(wrongPasswords) }),
  );
  const guess = (count: number): Promise<unknown> =>
    Promise.all(
      processes.flatMap((process, number) =>
        Array.from({ length: count / 2 }, (_, index) =>
          process.check("adamb", `guess ${nowMs} ${number} ${index}`),
        ),
      ),
    );
  nowMs = wrongPasswords.windowMs - 1_000;
  const binds = await countNewBinds("adamb", async () => {
    await guess(20);
    nowMs += 2_000;
    await guess(20);
    expect(await processes[1]?.check("adamb", ADAM)).toMatchObject({ outcome: "throttled" });
  });
  expect(binds).toBe(3);

  nowMs += 2 * wrongPasswords.windowMs;
  for (const process of processes) {
    expect(await process.check("adamb", ADAM)).toMatchObject({ outcome: "valid" });
  }
});

test("accepts a password that was valid before although an attacker guesses", async () => {
  const directory = aDirectory({ cacheMs: 60_000 });
  await directory.check("adamb", ADAM);
  nowMs += 60_000;
  for (let attempt = 0; attempt < 10; attempt++) {
    await directory.check("adamb", `guess ${attempt}`);
  }
  expect(await directory.check("adamb", "guess 11")).toMatchObject({ outcome: "throttled" });
  expect(await directory.check("adamb", ADAM)).toMatchObject({ outcome: "valid" });
});

test("sends passwords to the directory again after the window", async () => {
  const directory = aDirectory({ wrongPasswords: { max: 2, windowMs: 60_000 } });
  expect(await directory.check("adamb", "one")).toEqual({ outcome: "invalid" });
  expect(await directory.check("adamb", ADAM)).toEqual({
    outcome: "throttled",
    retryAfterSeconds: 60,
  });
  nowMs += 60_000;
  expect(await directory.check("adamb", ADAM)).toMatchObject({ outcome: "valid" });
});

test("never exceeds the connection limit, and refuses the excess checks", async () => {
  const open = new Set<Socket>();
  let most = 0;
  const silent = createServer((socket) => {
    open.add(socket);
    most = Math.max(most, open.size);
    socket.on("error", () => undefined);
    socket.once("close", () => open.delete(socket));
  });
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  const address = silent.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const directory = aDirectory({
    servers: [{ url: `ldap://127.0.0.1:${port}`, isStartTls: false }],
    maxConnections: 2,
    timeoutMs: 200,
  });
  const storm = Array.from({ length: 500 }, (_, index) => directory.check(`user${index}`, ADAM));
  const results = await Promise.allSettled(storm);
  silent.close();
  expect(results.every(({ status }) => status === "rejected")).toBe(true);
  expect(most).toBe(2);
});
