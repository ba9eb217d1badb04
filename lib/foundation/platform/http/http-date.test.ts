import { expect, test } from "vitest";
import { parseHttpDate } from "#foundation/platform/http/http-date";

test.each([
  "Sun, 06 Nov 1994 08:49:37 GMT",
  "Sunday, 06-Nov-94 08:49:37 GMT",
  "Sun Nov  6 08:49:37 1994",
])("reads %s", (text) => {
  expect(parseHttpDate(text)).toBe(Date.UTC(1994, 10, 6, 8, 49, 37));
});

test.each([
  "",
  "2030",
  "1994-11-06T08:49:37Z",
  "Sun, 06 Nov 1994 08:49:37 +0100",
  "Sun, 06 Nov 1994 08:49:37",
  "Sun, 99 Nov 1994 08:49:37 GMT",
  "Sun, 06 Nix 1994 08:49:37 GMT",
])("ignores %j", (text) => {
  expect(parseHttpDate(text)).toBeNull();
});
