import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readOrCreateSecret } from "#foundation/platform/session-secret";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "ucupdates-secret-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

test("returns the same long secret every time", () => {
  const secret = readOrCreateSecret(directory);

  expect(secret.length).toBeGreaterThanOrEqual(43);
  expect(readOrCreateSecret(directory)).toBe(secret);
});

test("only the owner can read the secret, and no draft is left", () => {
  readOrCreateSecret(directory);

  expect(readdirSync(directory)).toEqual(["session-secret"]);
  expect(statSync(join(directory, "session-secret")).mode & 0o777).toBe(0o600);
});

test("every data directory has its own secret, even one that does not exist yet", () => {
  expect(readOrCreateSecret(join(directory, "a"))).not.toBe(
    readOrCreateSecret(join(directory, "b")),
  );
});
