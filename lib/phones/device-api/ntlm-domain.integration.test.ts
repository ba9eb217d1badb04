import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aCheckBody } from "#phones/check/testing/check-body";
import { deviceService } from "#phones/device-api/testing/device-service";
import { reloadRules } from "#phones/check/testing/stored-update";
import type { SambaDomain } from "#access/ntlm/testing/samba-domain";
import { startSambaDomain } from "#access/ntlm/testing/samba-domain";
import { db } from "#foundation/platform/db/client";
import { aPool } from "#firmware/rules/testing/rules";

const run = promisify(execFile);

const ADAM = "Adams-Passw0rd";
const BODY = aCheckBody("json", { macAddress: "0004F2000176", version: null });

let domain: SambaDomain;

beforeAll(async () => {
  domain = await startSambaDomain();
  await domain.createUser("adamb", ADAM);
  await domain.createUser("gone", "Gones-Passw0rd");
  await domain.disableUser("gone");
  await domain.createUser("target", "Targets-Passw0rd");
}, 300_000);

const { external: outside, flush } = deviceService({
  lifetime: "file",
  env: () => ({
    NTLM_HELPER: domain.helper,
    NTLM_HELPERS: "4",
    LDAP_MAX_WRONG_PASSWORDS: "4",
  }),
});

beforeAll(async () => {
  await aPool();
  await reloadRules();
});

afterAll(async () => {
  await domain.stop();
});

type CurlOptions = { readonly requests?: number; readonly body?: boolean };

/** The final status codes of curl's requests, over one connection. */
async function curl(user: string, { requests = 1 }: CurlOptions = {}): Promise<readonly string[]> {
  const one = [
    ...["--silent", "--output", "/dev/null", "--write-out", "%{http_code} %{num_connects}\n"],
    ...["--ntlm", "--user", user, "--header", "content-type: application/json", "--data", BODY],
    `http://127.0.0.1:${outside.port}/api/update/external/check`,
  ];
  const all = Array.from({ length: requests }, (_, index) =>
    index === 0 ? one : ["--next", ...one],
  );
  const { stdout } = await run("curl", all.flat());
  return stdout.trim().split("\n");
}

test("admits a domain user by NTLM, and records the name that the domain has for the user", async () => {
  expect(await curl(String.raw`CONTOSO\adamb:${ADAM}`)).toEqual(["200 1"]);
  await flush();
  expect(await db.device.findFirst()).toMatchObject({ userName: String.raw`CONTOSO\adamb` });
});

test("sends later requests over the authenticated connection", async () => {
  expect(await curl(String.raw`CONTOSO\adamb:${ADAM}`, { requests: 3 })).toEqual([
    "200 1",
    "200 0",
    "200 0",
  ]);
});

test.each([
  ["a wrong password", String.raw`CONTOSO\adamb:wrong`],
  ["an unknown user", String.raw`CONTOSO\missing:${ADAM}`],
  ["a disabled account, with its right password", String.raw`CONTOSO\gone:Gones-Passw0rd`],
  ["an empty password", String.raw`CONTOSO\adamb:`],
])("refuses %s in the domain", async (_, user) => {
  expect(await curl(user)).toEqual([expect.stringMatching(/^401 /)]);
});

test("signs in forty phones at once through four helpers", async () => {
  const phones = Array.from({ length: 40 }, () => curl(String.raw`CONTOSO\adamb:${ADAM}`));
  const statuses = (await Promise.all(phones)).flat();
  const inTime = statuses.filter((status) => status === "200 1");
  // The other phones were told to retry, and no phone was told that its password is wrong.
  expect(inTime.length).toBeGreaterThan(0);
  expect(statuses.filter((status) => !/^(200|429|503) /.test(status))).toEqual([]);
});

test("does not lock the domain account after any number of wrong passwords", async () => {
  const statuses: string[] = [];
  for (let attempt = 0; attempt < 12; attempt++) {
    statuses.push(...(await curl(String.raw`CONTOSO\target:guess-${attempt}`)));
  }
  expect(statuses.map((status) => status.slice(0, 3))).toContain("429");
  const { count, isLocked } = await domain.countWrongPasswords("target");
  expect(isLocked).toBe(false);
  expect(count).toBe(3);
});
