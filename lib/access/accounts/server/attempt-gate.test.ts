import { expect, test } from "vitest";
import type { Credentials } from "#access/accounts/server/proven-credentials";
import { AttemptGate } from "#access/accounts/server/attempt-gate";

const HERE = "192.0.2.1";

/** A gate with asynchronous evaluations, like a password hash or a directory. */
function aGate(isRight: (attempt: Credentials) => boolean) {
  const gate = new AttemptGate();
  const evaluated: Credentials[] = [];
  const run = (attempt: Credentials, nowMs = 0) =>
    gate.run(attempt, nowMs, async () => {
      evaluated.push(attempt);
      await new Promise((resolve) => setTimeout(resolve, 1));
      return { outcome: isRight(attempt) ? "valid" : "invalid" };
    });
  return { run, evaluated };
}

function attempts(
  count: number,
  of: (index: number) => Partial<Credentials>,
): readonly Credentials[] {
  return Array.from({ length: count }, (_, index) => ({
    name: "adamb",
    secret: `guess ${index}`,
    address: HERE,
    ...of(index),
  }));
}

function outcomes(results: readonly { readonly outcome: string }[]) {
  return Object.groupBy(results, ({ outcome }) => outcome);
}

test("evaluates five of 120 concurrent wrong passwords", async () => {
  const { run, evaluated } = aGate(() => false);
  const results = await Promise.all(attempts(120, () => ({})).map((attempt) => run(attempt)));
  expect(evaluated).toHaveLength(5);
  expect(outcomes(results).throttled).toHaveLength(115);
});

test("evaluates 20 of 120 names that one address tries concurrently", async () => {
  const { run, evaluated } = aGate(() => false);
  await Promise.all(attempts(120, (index) => ({ name: `u${index}` })).map((one) => run(one)));
  expect(evaluated).toHaveLength(20);
});

test("counts all addresses of one IPv6 /64 together", async () => {
  const { run, evaluated } = aGate(() => false);
  const many = attempts(60, (index) => ({ address: `2001:db8:0:1::${index + 1}` }));
  await Promise.all(many.map((attempt) => run(attempt)));
  await run({ name: "adamb", secret: "x", address: "2001:db8:0:2::1" });
  expect(evaluated).toHaveLength(6);
});

test("admits all phones of an office behind one address, even when all ask concurrently", async () => {
  const { run } = aGate(() => true);
  const many = attempts(200, (index) => ({ name: `user${index}` }));
  const results = await Promise.all(many.map((attempt) => run(attempt)));
  expect(outcomes(results).valid).toHaveLength(200);
});

test("admits all concurrent requests of one phone", async () => {
  const { run } = aGate(() => true);
  const many = attempts(50, () => ({ secret: "right" }));
  const results = await Promise.all(many.map((attempt) => run(attempt)));
  expect(outcomes(results).valid).toHaveLength(50);
});

test("evaluates one attempt at a time once the free failures are used up", async () => {
  const { run, evaluated } = aGate(() => false);
  await Promise.all(attempts(5, () => ({})).map((attempt) => run(attempt)));
  await Promise.all(attempts(40, () => ({})).map((attempt) => run(attempt, 2_000)));
  expect(evaluated).toHaveLength(6);
});

test("admits credentials that were valid before from an address that an attacker uses", async () => {
  const { run } = aGate(({ secret }) => secret === "right");
  const right = { name: "anna", secret: "right", address: HERE };
  await run(right);
  await Promise.all(attempts(120, (index) => ({ name: `u${index}` })).map((one) => run(one)));
  await Promise.all(attempts(9, () => ({ name: "anna" })).map((one) => run(one)));
  expect(await run(right)).toEqual({ outcome: "valid" });
  expect(await run({ ...right, secret: "other" })).toMatchObject({ outcome: "throttled" });
});

test("resets the failures of a name after a success, but not those of the address", async () => {
  const { run } = aGate(({ secret }) => secret === "right");
  for (const attempt of attempts(4, () => ({}))) {
    await run(attempt);
  }
  await run({ name: "adamb", secret: "right", address: HERE });
  for (const attempt of attempts(4, () => ({}))) {
    expect(await run(attempt)).toEqual({ outcome: "invalid" });
  }
  await Promise.all(attempts(20, (index) => ({ name: `u${index}` })).map((one) => run(one)));
  expect(await run({ name: "new", secret: "right", address: HERE })).toMatchObject({
    outcome: "throttled",
  });
});

test("releases the slot when an evaluation throws", async () => {
  const gate = new AttemptGate();
  const attempt = { name: "adamb", secret: "x", address: HERE };
  for (let index = 0; index < 30; index += 1) {
    await expect(gate.run(attempt, 0, () => Promise.reject(new Error("down")))).rejects.toThrow();
  }
  const result = await gate.run(attempt, 0, () => Promise.resolve({ outcome: "valid" }));
  expect(result).toEqual({ outcome: "valid" });
});
