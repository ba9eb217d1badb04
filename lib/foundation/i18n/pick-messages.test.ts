import { expect, test } from "vitest";
import { pickMessages } from "#foundation/i18n/pick-messages";

const messages = {
  table: { search: "Search" },
  rule: {
    facts: { model: "Model", pool: "Pool" },
    states: { new: "New" },
    files: { size: "Size" },
  },
};

test("keeps the named namespaces and parts of them", () => {
  expect(pickMessages(messages, ["table", "rule.facts", "rule.states"])).toEqual({
    table: { search: "Search" },
    rule: { facts: { model: "Model", pool: "Pool" }, states: { new: "New" } },
  });
});

test("keeps nothing if nothing is named", () => {
  expect(pickMessages(messages, [])).toEqual({});
});
