import { Socket } from "node:net";
import { fileURLToPath } from "node:url";
import process from "node:process";
import { afterEach, expect, test } from "vitest";
import { NtlmHandshakes } from "#access/ntlm/handshakes";
import type { PasswordGate } from "#access/ntlm/handshakes";
import type { HelperPoolOptions } from "#access/ntlm/helper-pool";
import { HelperPool } from "#access/ntlm/helper-pool";
import { authenticateMessage, negotiateMessage } from "#access/ntlm/testing/messages";

const SCRIPT = fileURLToPath(new URL("testing/scripted-helper.mjs", import.meta.url));
const ADDRESS = "192.0.2.1";

const pools: HelperPool[] = [];

afterEach(() => {
  for (const pool of pools.splice(0)) {
    pool.stop();
  }
});

type Options = Partial<HelperPoolOptions> & {
  readonly gate?: PasswordGate;
  readonly program?: string;
  readonly answerWithinMs?: number;
};

function setUp({
  gate = () => ({ settle: () => undefined }),
  program = process.execPath,
  answerWithinMs = 5_000,
  ...options
}: Options = {}) {
  const pool = new HelperPool({
    command: { program, options: [SCRIPT], answerWithinMs },
    most: 2,
    maxPerAddress: 2,
    waitMs: 2_000,
    maxWaiting: 8,
    ...options,
  });
  pools.push(pool);
  return { pool, ntlm: new NtlmHandshakes({ pool, gate, handshakeMs: 60_000 }) };
}

/** Both halves of a handshake on one connection. */
async function signIn(ntlm: NtlmHandshakes, user: string, socket = new Socket()) {
  await ntlm.answer(socket, ADDRESS, negotiateMessage());
  return ntlm.answer(socket, ADDRESS, authenticateMessage({ user, domain: "CONTOSO" }));
}

test("challenges, verifies the response, and keeps the user only for that connection and address", async () => {
  const { ntlm } = setUp();
  const socket = new Socket();
  expect(await ntlm.answer(socket, ADDRESS, negotiateMessage())).toMatchObject({
    outcome: "challenge",
  });
  expect(ntlm.userOf(socket, ADDRESS)).toBeNull();

  const user = String.raw`CONTOSO\good`;
  const message = authenticateMessage({ user: "good", domain: "CONTOSO" });
  expect(await ntlm.answer(socket, ADDRESS, message)).toEqual({ outcome: "valid", user });
  expect(ntlm.userOf(socket, ADDRESS)).toBe(user);
  expect(ntlm.userOf(socket, "192.0.2.2")).toBeNull();
  expect(ntlm.userOf(new Socket(), ADDRESS)).toBeNull();
});

test("refuses a wrong password and leaves the connection unauthenticated", async () => {
  const { ntlm } = setUp();
  const socket = new Socket();
  expect(await signIn(ntlm, "bad", socket)).toEqual({ outcome: "invalid" });
  expect(ntlm.userOf(socket, ADDRESS)).toBeNull();
});

test("refuses a response without a challenge, on another connection, from another address, or a second time", async () => {
  const { ntlm } = setUp();
  const answer = authenticateMessage({ user: "good", domain: "CONTOSO" });
  const socket = new Socket();
  expect(await ntlm.answer(socket, ADDRESS, answer)).toEqual({ outcome: "invalid" });
  await ntlm.answer(socket, ADDRESS, negotiateMessage());
  expect(await ntlm.answer(new Socket(), ADDRESS, answer)).toEqual({ outcome: "invalid" });
  expect(await ntlm.answer(socket, "192.0.2.2", answer)).toEqual({ outcome: "invalid" });
  expect(await ntlm.answer(socket, ADDRESS, answer)).toEqual({ outcome: "invalid" });
});

test("verifies one of two concurrent responses on a connection", async () => {
  const socket = new Socket();
  const answer = authenticateMessage({ user: "bad", domain: "CONTOSO" });
  let judged = 0;
  const { ntlm } = setUp({
    gate: () => {
      judged += 1;
      return { settle: () => undefined };
    },
  });
  await ntlm.answer(socket, ADDRESS, negotiateMessage());
  await Promise.all([ntlm.answer(socket, ADDRESS, answer), ntlm.answer(socket, ADDRESS, answer)]);
  expect(judged).toBe(1);
});

test("refuses a user without a name", async () => {
  const { ntlm } = setUp();
  expect(await signIn(ntlm, "")).toEqual({ outcome: "invalid" });
});

test("ends the authentication of a connection on a new handshake", async () => {
  const { ntlm } = setUp();
  const socket = new Socket();
  await signIn(ntlm, "good", socket);
  await ntlm.answer(socket, ADDRESS, negotiateMessage());
  expect(ntlm.userOf(socket, ADDRESS)).toBeNull();
});

test("reuses helpers and never exceeds their limit", async () => {
  const { ntlm, pool } = setUp({ most: 2, maxPerAddress: 50, maxWaiting: 50 });
  const first = await signIn(ntlm, "pid");
  expect(await signIn(ntlm, "pid")).toEqual(first);
  const results = await Promise.all(Array.from({ length: 40 }, () => signIn(ntlm, "good")));
  expect(results.every(({ outcome }) => outcome === "valid")).toBe(true);
  expect(pool.size).toBe(2);
});

test("replaces a helper that exits during a handshake", async () => {
  const { ntlm, pool } = setUp({ most: 1 });
  await expect(signIn(ntlm, "crash")).rejects.toMatchObject({ code: "unavailable" });
  expect(pool.size).toBe(0);
  expect(await signIn(ntlm, "good")).toMatchObject({ outcome: "valid" });
});

test("discards a helper that does not answer in time", async () => {
  const { ntlm } = setUp({ most: 1, answerWithinMs: 3_000 });
  await signIn(ntlm, "good");
  await expect(signIn(ntlm, "slow")).rejects.toMatchObject({ code: "unavailable" });
  expect(await signIn(ntlm, "good")).toMatchObject({ outcome: "valid" });
});

test("throws unavailable if the domain controller does not answer", async () => {
  const { ntlm } = setUp();
  await expect(signIn(ntlm, "down")).rejects.toMatchObject({
    code: "unavailable",
    retryAfterSeconds: 10,
  });
});

test("throws unavailable without an immediate retry if the helper program does not exist", async () => {
  const { ntlm, pool } = setUp({ program: "/nonexistent/ntlm_auth" });
  for (let attempt = 0; attempt < 3; attempt++) {
    await expect(signIn(ntlm, "good")).rejects.toMatchObject({ code: "unavailable" });
  }
  expect(pool.size).toBe(0);
});

test("limits the helpers that unfinished handshakes of one address hold", async () => {
  const { ntlm } = setUp({ most: 3, maxPerAddress: 2 });
  await ntlm.answer(new Socket(), ADDRESS, negotiateMessage());
  await ntlm.answer(new Socket(), ADDRESS, negotiateMessage());
  await expect(ntlm.answer(new Socket(), ADDRESS, negotiateMessage())).rejects.toMatchObject({
    code: "rate_limited",
  });
  expect(await ntlm.answer(new Socket(), "192.0.2.2", negotiateMessage())).toMatchObject({
    outcome: "challenge",
  });
});

test("releases the helper of a connection that closes during a handshake", async () => {
  const { ntlm } = setUp({ most: 1, maxPerAddress: 1 });
  const socket = new Socket();
  await ntlm.answer(socket, ADDRESS, negotiateMessage());
  socket.emit("close", false);
  expect(await signIn(ntlm, "good")).toMatchObject({ outcome: "valid" });
});

test("throttles a user with too many wrong passwords", async () => {
  const { ntlm } = setUp({ gate: () => ({ retryAfterSeconds: 60 }) });
  expect(await signIn(ntlm, "good")).toEqual({ outcome: "throttled", retryAfterSeconds: 60 });
});
