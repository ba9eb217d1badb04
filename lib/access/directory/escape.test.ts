import fc from "fast-check";
import { FilterParser } from "ldapts";
import { expect, test } from "vitest";
import { escapeDnValue, escapeFilterValue } from "#access/directory/escape";

test.each([
  ["adamb", "adamb"],
  ["*", String.raw`\2a`],
  ["a)(uid=*", String.raw`a\29\28uid=\2a`],
  [String.raw`a\2a`, String.raw`a\5c2a`],
  ["a\0b", String.raw`a\00b`],
  ["jörg", "jörg"],
])("escapes %j in a filter as %j", (value, expected) => {
  expect(escapeFilterValue(value)).toBe(expected);
});

test("keeps an escaped value a single value of the filter", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (value) => {
      const written = FilterParser.parseString(
        `(&(objectClass=user)(uid=${escapeFilterValue(value)}))`,
      );
      expect(written).toMatchObject({
        filters: [{ attribute: "objectClass" }, { attribute: "uid", value }],
      });
    }),
  );
});

test.each([
  ["adamb", "adamb"],
  ["adamb,dc=evil", String.raw`adamb\,dc\=evil`],
  [" adamb ", String.raw`\ adamb\ `],
  ["#adamb", String.raw`\#adamb`],
  ['a"+;<>\\b', String.raw`a\"\+\;\<\>\\b`],
])("escapes %j in a distinguished name as %j", (value, expected) => {
  expect(escapeDnValue(value)).toBe(expected);
});
