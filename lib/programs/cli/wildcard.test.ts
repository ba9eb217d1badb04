import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesWildcard } from "#programs/cli/wildcard";

test.each([
  ["POLYCOM", "polycom"],
  ["POLYCOM", "poly*"],
  ["POLYCOM", "*COM"],
  ["POLYCOM", "*"],
  ["POLYCOM", "P?LY*M"],
  ["", "*"],
  ["", ""],
  ["service:WebServer:pool01.contoso.com/x", "service:webserver:pool01*"],
  ["aXbXc", "a*X*c"],
  ["a.b", "a.b"],
])("%s matches %s", (text, pattern) => {
  expect(matchesWildcard(text, pattern)).toBe(true);
});

test.each([
  ["POLYCOM", "poly"],
  ["POLYCOM", "olycom"],
  ["POLYCOM", "?POLYCOM"],
  ["", "?"],
  ["", "x"],
  ["axb", "a.b"],
  ["aXbXd", "a*X*c"],
])("%s does not match %s", (text, pattern) => {
  expect(matchesWildcard(text, pattern)).toBe(false);
});

test("a text always matches itself with any part replaced by a star", () => {
  const plain = fc.stringMatching(/^[a-z.:/-]{0,20}$/);
  fc.assert(
    fc.property(plain, plain, plain, (start, middle, end) => {
      expect(matchesWildcard(`${start}${middle}${end}`, `${start}*${end}`)).toBe(true);
    }),
  );
});

test("matches a pattern with many stars quickly", () => {
  const started = performance.now();

  expect(matchesWildcard("a".repeat(2000), `${"*a".repeat(200)}b`)).toBe(false);

  expect(performance.now() - started).toBeLessThan(1000);
});
