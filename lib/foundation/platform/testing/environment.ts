import { afterAll, beforeAll, vi } from "vitest";

export type Variables = Readonly<Record<string, string>>;

/**
 * Sets environment variables for the tests of a file and restores them afterwards. A process reads its settings once,
 * so a file has one set of variables. A function, which runs before the tests, can return values that are known only at
 * run time.
 */
export function testEnvironment(variables: Variables | (() => Variables)): void {
  beforeAll(() => {
    const values = typeof variables === "function" ? variables() : variables;
    for (const [name, value] of Object.entries(values)) {
      vi.stubEnv(name, value);
    }
  });
  afterAll(() => {
    vi.unstubAllEnvs();
  });
}
