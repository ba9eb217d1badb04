import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Account } from "#access/accounts/model";
import { changeAccount } from "#access/accounts/server/change-account";
import { changeOwnPassword } from "#access/accounts/server/change-own-password";
import { checkPassword, clearPasswordCache } from "#access/accounts/server/check-password";
import { createAccount } from "#access/accounts/server/create-account";
import { createApiToken } from "#access/accounts/server/create-api-token";
import { endSession } from "#access/accounts/server/end-session";
import { removeAccount } from "#access/accounts/server/remove-account";
import { findActorOfSession, findActorOfToken } from "#access/accounts/server/resolve-actor";
import { revokeApiToken } from "#access/accounts/server/revoke-api-token";
import { signIn } from "#access/accounts/server/sign-in";
import { AppError } from "#foundation/core/errors";
import { aContext } from "#foundation/core/testing/contexts";
import type { Role } from "#foundation/core/permissions";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";

const PASSWORD = "correct horse battery";
const HOUR_MS = 3_600_000;
/** Each test uses its own address because failures are remembered per process. */
let nextAddress = 1;

afterEach(() => {
  vi.useRealTimers();
});

beforeEach(async () => {
  await emptyTables();
  clearPasswordCache();
});

function anAccount(name = "adamb", role: Role = "operator"): Promise<Account> {
  return createAccount(aContext(), { name, password: PASSWORD, role });
}

function attempt(name: string, password: string, address: string) {
  return checkPassword({ name, password, address, side: "outside" }, new Date(0));
}

async function aSession(name: string, now = new Date()): Promise<string> {
  const attempt = { name, password: PASSWORD, address: anAddress(), side: "panel" } as const;
  const begun = await signIn(attempt, now);
  expect(begun).not.toBeNull();
  return begun?.sessionId ?? "";
}

function anAddress(): string {
  nextAddress += 1;
  return `192.0.2.${nextAddress}`;
}

async function failOften(name: string, address: string, times: number): Promise<void> {
  for (let failure = 0; failure < times; failure += 1) {
    await attempt(name, `wrong ${failure}`, address);
  }
}

test("accepts the correct password, and the name in any case", async () => {
  const account = await anAccount("AdamB");
  expect(await attempt("adamb", PASSWORD, anAddress())).toEqual({
    outcome: "valid",
    account,
    sessionsValidFrom: account.createdAt,
  });
});

test("gives a wrong password and an unknown name the same result", async () => {
  await anAccount();
  const address = anAddress();
  expect(await attempt("adamb", "wrong", address)).toEqual({ outcome: "invalid" });
  expect(await attempt("unknown", PASSWORD, address)).toEqual({ outcome: "invalid" });
});

test("throttles guessing from one address without locking the account for other addresses", async () => {
  const account = await anAccount();
  const attacker = anAddress();
  await failOften("adamb", attacker, 5);
  expect(await attempt("adamb", PASSWORD, attacker)).toEqual({
    outcome: "throttled",
    retryAfterSeconds: 2,
  });
  expect(await attempt("adamb", PASSWORD, anAddress())).toEqual({
    outcome: "valid",
    account,
    sessionsValidFrom: account.createdAt,
  });
});

test("accepts the correct password after the wait", async () => {
  const account = await anAccount();
  const address = anAddress();
  await failOften("adamb", address, 5);
  const later = new Date(2_000);
  // Other processes measure the wait by the clock.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 2_000 });
  const check = await checkPassword(
    { name: "adamb", password: PASSWORD, address, side: "outside" },
    later,
  );
  expect(check).toEqual({
    outcome: "valid",
    account,
    sessionsValidFrom: account.createdAt,
  });
});

test("throttles an address that tries many names", async () => {
  const address = anAddress();
  for (let name = 0; name < 20; name += 1) {
    await attempt(`user${name}`, "wrong", address);
  }
  expect(await attempt("one-more", "wrong", address)).toMatchObject({ outcome: "throttled" });
});

test("applies a changed password at once although positive results are cached", async () => {
  const account = await anAccount();
  const address = anAddress();
  await attempt("adamb", PASSWORD, address);
  await changeAccount(aContext(), { accountId: account.id, password: "another password" });
  expect(await attempt("adamb", PASSWORD, address)).toEqual({ outcome: "invalid" });
});

test("refuses sign-in to a disabled account and ends its sessions", async () => {
  await anAccount("root", "administrator");
  const account = await anAccount();
  const sessionId = await aSession("adamb");
  await changeAccount(aContext({ now: new Date() }), { accountId: account.id, isEnabled: false });
  expect(await attempt("adamb", PASSWORD, anAddress())).toEqual({ outcome: "invalid" });
  expect(await findActorOfSession(sessionId, new Date())).toBeNull();
});

test("ends existing sessions when the role changes", async () => {
  const account = await anAccount();
  const before = await aSession("adamb");
  await changeAccount(aContext({ now: new Date() }), { accountId: account.id, role: "viewer" });
  expect(await findActorOfSession(before, new Date())).toBeNull();
  const after = await aSession("adamb");
  expect(await findActorOfSession(after, new Date())).toMatchObject({ role: "viewer" });
});

test("does not remove or disable the last administrator who can sign in", async () => {
  const last = await anAccount("root", "administrator");
  const changes = [
    () => changeAccount(aContext(), { accountId: last.id, role: "viewer" }),
    () => changeAccount(aContext(), { accountId: last.id, isEnabled: false }),
    () => removeAccount(aContext(), { accountId: last.id }),
  ];
  for (const change of changes) {
    await expect(change()).rejects.toMatchObject({ code: "invalid_state" });
  }
  expect(await db.account.count()).toBe(1);
});

test("refuses a name that differs only in case", async () => {
  await anAccount("adamb");
  await expect(anAccount("ADAMB")).rejects.toMatchObject({ code: "conflict" });
});

test("lets only administrators manage accounts", async () => {
  const attempted = createAccount(aContext({ role: "operator" }), {
    name: "mallory",
    password: PASSWORD,
    role: "administrator",
  });
  await expect(attempted).rejects.toMatchObject({ code: "forbidden" });
  expect(await db.account.count()).toBe(0);
});

test("accepts an API token until it expires, is revoked, or its account is disabled", async () => {
  await anAccount("root", "administrator");
  const account = await anAccount();
  const context = aContext();
  const own = { ...context, actor: { ...context.actor, id: account.id } };
  const { secret, token } = await createApiToken(own, { name: "nightly", keepDays: 1 });
  const { secret: other } = await createApiToken(own, { name: "other", keepDays: null });

  const actor = { kind: "account", id: account.id, name: "adamb", role: "operator" };
  expect(await findActorOfToken(secret, context.now)).toEqual(actor);
  const nextWeek = new Date(context.now.getTime() + 7 * 86_400_000);
  expect(await findActorOfToken(secret, nextWeek)).toBeNull();

  await revokeApiToken(own, { tokenId: token.id });
  expect(await findActorOfToken(secret, context.now)).toBeNull();

  await changeAccount(context, { accountId: account.id, isEnabled: false });
  expect(await findActorOfToken(other, context.now)).toBeNull();
});

test("lets only account managers revoke the token of another account", async () => {
  const account = await anAccount();
  const context = aContext({ role: "operator" });
  const own = { ...context, actor: { ...context.actor, id: account.id } };
  const { token } = await createApiToken(own, { name: "nightly", keepDays: null });
  await expect(revokeApiToken(context, { tokenId: token.id })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("stores neither passwords nor tokens", async () => {
  const account = await anAccount();
  const context = aContext();
  const own = { ...context, actor: { ...context.actor, id: account.id } };
  const { secret } = await createApiToken(own, { name: "nightly", keepDays: null });
  const everything = JSON.stringify([
    await db.account.findMany(),
    await db.apiToken.findMany(),
    (await db.auditEntry.findMany()).map((entry) => entry.facts),
  ]);
  expect(everything).not.toContain(PASSWORD);
  expect(everything).not.toContain(secret);
});

test("ends only the current session of the account at sign-out", async () => {
  await anAccount();
  const [left, kept] = [await aSession("adamb"), await aSession("adamb")];
  expect(await findActorOfSession(left, new Date())).toMatchObject({ name: "adamb" });
  await endSession(left);
  expect(await findActorOfSession(left, new Date())).toBeNull();
  expect(await findActorOfSession(kept, new Date())).toMatchObject({ name: "adamb" });
});

test("renews the idle limit of a session on use, but not the absolute limit", async () => {
  await anAccount();
  const begin = Date.now();
  const sessionId = await aSession("adamb", new Date(begin));
  const unused = await aSession("adamb", new Date(begin));
  for (let hours = 1; hours < 12; hours += 1) {
    const actor = await findActorOfSession(sessionId, new Date(begin + hours * HOUR_MS));
    expect(actor, `after ${hours} hours`).toMatchObject({ name: "adamb" });
  }
  expect(await findActorOfSession(sessionId, new Date(begin + 12 * HOUR_MS))).toBeNull();
  expect(await findActorOfSession(unused, new Date(begin + 2 * HOUR_MS))).toBeNull();
  await aSession("adamb", new Date(begin + 12 * HOUR_MS));
  expect(await db.session.count()).toBe(1);
});

test("creates no session for a sign-in with the old password after the password was changed", async () => {
  const account = await anAccount();
  const address = anAddress();
  const attempts = Array.from({ length: 4 }, () =>
    signIn({ name: "adamb", password: PASSWORD, address, side: "panel" }, new Date()),
  );
  const change = { accountId: account.id, password: "another password" };
  await Promise.all([...attempts, changeAccount(aContext({ now: new Date() }), change)]);
  expect(await db.session.count()).toBe(0);
});

test("ends the sessions of an account that changes its own password", async () => {
  const account = await anAccount();
  const sessionId = await aSession("adamb");
  const context = aContext({ now: new Date() });
  const own = { ...context, actor: { ...context.actor, id: account.id } };
  await changeOwnPassword(own, { currentPassword: PASSWORD, password: "another password" });
  expect(await findActorOfSession(sessionId, new Date())).toBeNull();
});

test("ends the sessions of a removed account", async () => {
  await anAccount("root", "administrator");
  const account = await anAccount();
  const sessionId = await aSession("adamb");
  await removeAccount(aContext(), { accountId: account.id });
  expect(await findActorOfSession(sessionId, new Date())).toBeNull();
});

test("applies a password that another process changed at once", async () => {
  const account = await anAccount();
  const address = anAddress();
  expect(await attempt("adamb", PASSWORD, address)).toMatchObject({ outcome: "valid" });
  const other = await anAccount("other");
  await db.$executeRaw`
    UPDATE "Account" SET "passwordHash" = 'changed by another process', "isEnabled" = false
    WHERE "id" = ${account.id}::uuid`;
  expect(await attempt("adamb", PASSWORD, address)).toEqual({ outcome: "invalid" });
  expect(await attempt("other", PASSWORD, address)).toMatchObject({
    outcome: "valid",
    account: other,
  });
});

test("evaluates five of 120 concurrent wrong passwords and refuses the others", async () => {
  await anAccount();
  const address = anAddress();
  const guesses = Array.from({ length: 120 }, (_, index) =>
    attempt("adamb", `wrong ${index}`, address),
  );
  const results = await Promise.all(guesses);
  expect(results.filter(({ outcome }) => outcome === "invalid")).toHaveLength(5);
  expect(results.filter(({ outcome }) => outcome === "throttled")).toHaveLength(115);
});

test("deletes the API tokens on a password change if endTokens is set", async () => {
  const account = await anAccount();
  const context = aContext();
  const own = { ...context, actor: { ...context.actor, id: account.id } };
  const { secret } = await createApiToken(own, { name: "script", keepDays: null });
  const change = { accountId: account.id, password: "another password" };
  await changeAccount(aContext(), change);
  expect(await findActorOfToken(secret, new Date())).not.toBeNull();
  await changeAccount(aContext(), { ...change, endTokens: true });
  expect(await findActorOfToken(secret, new Date())).toBeNull();
});

test("records sign-ins, and refused sign-ins in aggregated entries", async () => {
  await anAccount();
  const address = anAddress();
  const guess = (password: string) =>
    signIn({ name: "adamb", password, address, side: "panel" }, new Date(0)).catch(() => null);
  await guess(PASSWORD);
  for (let index = 0; index < 20; index += 1) {
    await guess(`wrong ${index}`);
  }
  const entries = await db.auditEntry.findMany({
    where: { action: { in: ["account.signed_in", "account.refused"] } },
    orderBy: { id: "asc" },
  });
  expect(entries.map(({ action, subjectName, facts }) => ({ action, subjectName, facts }))).toEqual(
    [
      { action: "account.signed_in", subjectName: "adamb", facts: { address } },
      { action: "account.refused", subjectName: "adamb", facts: { address, attempts: 1 } },
    ],
  );
});

test("limits parallel guesses of the current password from a session", async () => {
  const account = await anAccount();
  const context = aContext({ now: new Date() });
  const own = { ...context, actor: { ...context.actor, id: account.id } };
  const guesses = Array.from({ length: 60 }, (_, index) =>
    changeOwnPassword(own, { currentPassword: `wrong ${index}`, password: "another password" }),
  );
  const results = await Promise.allSettled(guesses);
  const codes = results.map((result) =>
    result.status === "rejected" && result.reason instanceof AppError ? result.reason.code : "done",
  );
  expect(codes).not.toContain("done");
  expect(codes.filter((code) => code === "invalid_input")).toHaveLength(20);
  expect(codes).toContain("rate_limited");
});
