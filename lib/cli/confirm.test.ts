import { expect, test } from "vitest";
import { isConfirmed, mustAsk } from "#lib/cli/confirm";

const PLAIN = { confirm: false, force: false };

test.each([
  ["a removal at a terminal", PLAIN, { canAsk: true, isRemoval: true }],
  ["whatever has --confirm", { ...PLAIN, confirm: true }, { canAsk: true, isRemoval: false }],
])("asks before %s", (_, options, situation) => {
  expect(mustAsk(options, situation)).toBe(true);
});

test.each([
  ["a change at a terminal", PLAIN, { canAsk: true, isRemoval: false }],
  ["a removal with --force", { ...PLAIN, force: true }, { canAsk: true, isRemoval: true }],
  ["a removal in a script", PLAIN, { canAsk: false, isRemoval: true }],
])("does not ask before %s", (_, options, situation) => {
  expect(mustAsk(options, situation)).toBe(false);
});

test("refuses --confirm where nobody can answer, instead of going on unasked", () => {
  const inScript = { canAsk: false, isRemoval: false };

  expect(() => mustAsk({ ...PLAIN, confirm: true }, inScript)).toThrow("no terminal");
});

test.each([
  ["y", true],
  [" Yes ", true],
  ["", false],
  ["n", false],
  ["yess", false],
])("takes the answer %j as %s", async (answer, isYes) => {
  const terminal = { ask: () => Promise.resolve(answer) };

  expect(await isConfirmed(terminal, "Remove?")).toBe(isYes);
});
