import { vi } from "vitest";

/** Long enough for a server that answers beside other tests on two processors. */
const WITHIN = { timeout: 30_000, interval: 20 };

/** Repeats an assertion until it holds. Throws its last error if it never does. */
export function eventually<Result>(assertion: () => Result | Promise<Result>): Promise<Result> {
  return vi.waitFor(assertion, WITHIN);
}
