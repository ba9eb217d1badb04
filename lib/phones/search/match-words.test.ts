import { expect, test } from "vitest";
import { matchesWords } from "#phones/search/match-words";

test.each([
  ["Firmware Roll-outs", "", true],
  ["Firmware Roll-outs", "roll", true],
  ["Firmware Roll-outs", "outs FIRM", true],
  ["Firmware Roll-outs", "roll phones", false],
  ["Mises à jour", "À", true],
])("%s matches “%s”: %s", (text, query, expected) => {
  expect(matchesWords(text, query)).toBe(expected);
});
