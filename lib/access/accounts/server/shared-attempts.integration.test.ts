import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { AttemptGate } from "#access/accounts/server/attempt-gate";
import { sharedAttempts } from "#access/accounts/server/shared-attempts";
import { openDatabaseLine } from "#foundation/platform/testing/database-line";
import type { TcpLine } from "#foundation/platform/testing/tcp-line";

// Each gate stands for a process: it has its own memory, and shares only the database.

const FREE_FAILURES = 5;

let line: TcpLine;
/** Each test uses an address of its own. */
let address = 0;

beforeAll(async () => {
  line = await openDatabaseLine();
});

beforeEach(() => {
  address += 1;
});

afterEach(() => {
  vi.useRealTimers();
  line.mend();
});

afterAll(() => {
  line.close();
});

/** Two gates, and how many passwords both have evaluated. */
function twoGates() {
  const gates = [new AttemptGate(sharedAttempts()), new AttemptGate(sharedAttempts())];
  let evaluated = 0;
  let guesses = 0;
  const sender = { name: "adamb", address: `192.0.2.${address}` };
  const run = async (gate: number, secret: string): Promise<string | undefined> => {
    const result = await gates[gate]?.run({ ...sender, secret }, Date.now(), () => {
      evaluated += 1;
      return Promise.resolve({ outcome: secret === "right" ? "valid" : "invalid" });
    });
    return result?.outcome;
  };
  return {
    evaluated: () => evaluated,
    run,
    guess: (gate: number) => run(gate, `guess ${(guesses += 1)}`),
  };
}

function passTime(milliseconds: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + milliseconds });
}

test("counts the wrong passwords of two processes together", async () => {
  const { guess, evaluated } = twoGates();
  for (let count = 0; count < 4; count += 1) {
    expect(await guess(0)).toBe("invalid");
  }
  expect(await guess(1)).toBe("invalid");

  expect(await guess(1)).toBe("throttled");
  expect(evaluated()).toBe(FREE_FAILURES);
  // A process learns what the others counted with its own next failure.
  expect(await guess(0)).toBe("invalid");
  expect(await guess(0)).toBe("throttled");
});

test("admits one guess of all processes after each wait, which grows", async () => {
  const { guess, evaluated } = twoGates();
  for (let count = 0; count < FREE_FAILURES + 1; count += 1) {
    await guess(count % 2);
  }
  const before = evaluated();
  expect(before).toBeLessThanOrEqual(FREE_FAILURES + 1);

  for (const [index, waitMs] of [8_000, 16_000, 32_000].entries()) {
    passTime(waitMs);
    const outcomes = await Promise.all([guess(0), guess(1), guess(0), guess(1)]);
    expect(outcomes.toSorted()).toEqual(["invalid", "throttled", "throttled", "throttled"]);
    expect(evaluated()).toBe(before + index + 1);
  }
});

test("a right password after the wait ends it for all processes", async () => {
  const { guess, run } = twoGates();
  for (let count = 0; count < FREE_FAILURES + 1; count += 1) {
    await guess(count % 2);
  }
  passTime(8_000);

  expect(await run(0, "right")).toBe("valid");

  expect(await run(1, "right")).toBe("valid");
  expect(await guess(0)).toBe("invalid");
});

test("asks no database about a right password", async () => {
  const { run } = twoGates();
  await run(1, "right");
  line.freeze();

  const result = await Promise.race([
    run(0, "right"),
    new Promise((resolve) => setTimeout(resolve, 500, "waited")),
  ]);

  expect(result).toBe("valid");
});

test("while the database is away, each process limits alone and locks out no person", async () => {
  const { guess, run, evaluated } = twoGates();
  line.cut();
  const guesses = Array.from({ length: 40 }, (_, index) => guess(index % 2));
  await Promise.all(guesses);
  expect(evaluated()).toBe(2 * FREE_FAILURES);

  passTime(61_000);
  expect(await guess(0)).toBe("invalid");
  expect(await guess(0)).toBe("throttled");
  passTime(61_000);
  expect(await run(0, "right")).toBe("valid");

  line.mend();
  passTime(61_000);
  expect(await guess(1)).toBe("invalid");
  expect(await guess(1)).toBe("throttled");
});
