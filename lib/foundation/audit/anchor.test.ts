import { expect, test } from "vitest";
import { EMPTY_ANCHOR, parseAnchor } from "#foundation/audit/anchor";

test("reads a written anchor", () => {
  expect(parseAnchor(JSON.stringify(EMPTY_ANCHOR))).toEqual({
    state: "present",
    anchor: EMPTY_ANCHOR,
  });
});

test.each([
  { content: "an empty file", text: "" },
  { content: "half of a file", text: '{"entries":12,"las' },
  { content: "an id that is not a number", text: '{"entries":1,"lastId":"1; DROP","hash":"00"}' },
  { content: "another document", text: "[]" },
])("treats $content as unreadable", ({ text }) => {
  expect(parseAnchor(text)).toEqual({ state: "unreadable" });
});
