import { expect, test } from "vitest";
import { isConfirmed, mustAsk, removeConfirmed } from "#programs/cli/confirm";

const PLAIN = { confirm: false, force: false };

test.each([
  ["a removal at a terminal", PLAIN, { canAsk: true, isRemoval: true }],
  ["any change with --confirm", { ...PLAIN, confirm: true }, { canAsk: true, isRemoval: false }],
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

test("refuses --confirm when there is no terminal to answer at", () => {
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

/** Runs a removal at a terminal that answers `answer`. Returns its outcome, its output, and whether it was done. */
async function removal(switches: Partial<typeof PLAIN & { whatIf: boolean }>, answer: string) {
  const written: string[] = [];
  let isRemoved = false;
  const terminal = {
    canAsk: true,
    ask: () => Promise.resolve(answer),
    write: (text: string) => void written.push(text),
  };
  const outcome = await removeConfirmed(
    terminal,
    { ...PLAIN, whatIf: false, ...switches },
    {
      whatIfText: "It would be removed.",
      question: "Remove it?",
      remove: () => {
        isRemoved = true;
        return Promise.resolve();
      },
    },
  );
  return { outcome, written: written.join(""), isRemoved };
}

test.each([
  [
    "is done after the answer yes",
    { answer: "y" },
    { outcome: "done", written: "", isRemoved: true },
  ],
  [
    "is not done after the answer no",
    { answer: "n" },
    { outcome: "declined", written: "", isRemoved: false },
  ],
  [
    "is done with --force",
    { answer: "n", force: true },
    { outcome: "done", written: "", isRemoved: true },
  ],
  [
    "prints only what it would do with --what-if",
    { answer: "y", whatIf: true },
    { outcome: "done", written: "It would be removed.\n", isRemoved: false },
  ],
])("a removal that %s", async (_, { answer, ...switches }, expected) => {
  expect(await removal(switches, answer)).toEqual(expected);
});
