import fc from "fast-check";
import { expect, test } from "vitest";
import {
  climbs,
  decodeFully,
  isDecodable,
  readRequestTarget,
} from "#foundation/platform/http/request-target";

test.each([
  ["/", "/"],
  ["/api/update/check", "/api/update/check"],
  ["/api/update/check?pool=a.b&x=//../%2e", "/api/update/check?pool=a.b&x=//../%2e"],
  ["/x/../api/update/check", "/api/update/check"],
  ["/api/./update/check", "/api/update/check"],
  ["/%2e/api/update/check", "/api/update/check"],
  ["/x/%2E%2e/api/update/check", "/api/update/check"],
  ["/x/.%2e/api/update/check", "/api/update/check"],
  ["/../../api/update/check", "/api/update/check"],
  ["//api/update/check", "/api/update/check"],
  ["/api//update///check", "/api/update/check"],
  ["//evil.example/api", "/evil.example/api"],
  ["/api\\update\\check", "/api/update/check"],
  ["/\\evil.example/x", "/evil.example/x"],
  ["/%61pi/%75pdate/check", "/api/update/check"],
  ["/%41PI", "/API"],
  ["/a%7Eb%2db%5f%2e", "/a~b-b_."],
  ["/api/update/check/", "/api/update/check/"],
  ["/api/update/files/A%20B/%C3%A9%25%2F", "/api/update/files/A%20B/%C3%A9%25%2F"],
  ["/%2561pi", "/%2561pi"],
  ["/.well-known/x", "/.well-known/x"],
  ["/%", "/%"],
  ["/a;b=c/d", "/a;b=c/d"],
])("reads %s as %s", (target, url) => {
  expect(readRequestTarget(target)).toEqual({ kind: "origin", url });
});

test.each([
  ["http://pool01:8080/x/../api", "pool01:8080", "/api"],
  ["HTTPS://pool01", "pool01", "/"],
  ["http://pool01?x=1", "pool01", "/?x=1"],
  ["http://user@pool01/a", "user@pool01", "/a"],
  ["http:///a", "", "/a"],
])("reads %s as a target with the authority %j", (target, authority, url) => {
  expect(readRequestTarget(target)).toEqual({ kind: "absolute", authority, url });
});

test.each([
  "",
  "*",
  "api/update",
  "pool01:443",
  "ftp://pool01/",
  "http:/x",
  "http:\\\\evil",
  "/a#b",
])("%j is not a target", (target) => {
  expect(readRequestTarget(target)).toEqual({ kind: "invalid" });
});

test("every result is fully resolved", () => {
  const pieces = [
    "api",
    "update",
    "check",
    "..",
    ".",
    "/",
    "\\",
    "%2e",
    "%2E",
    "%61",
    "%2f",
    "%5c",
  ];
  const targets = fc
    .array(fc.constantFrom(...pieces, "%", "%25", ";a", "x", " ", "é"), { maxLength: 12 })
    .map((parts) => `/${parts.join("")}`);
  fc.assert(
    fc.property(targets, (target) => {
      const read = readRequestTarget(target);
      const url = read.kind === "invalid" ? expect.unreachable() : read.url;
      // A second read does not change the result, and the URL parser does not either.
      expect(readRequestTarget(url)).toEqual({ kind: "origin", url });
      expect(new URL(`http://here.invalid${url}`).pathname).toBe(url);
      expect(url).not.toContain("//");
    }),
  );
});

test.each([
  ["/api%2Fupdate%2fcheck", "/api/update/check"],
  ["/api%5cupdate%5Ccheck", "/api/update/check"],
  ["/x%2f..%2fapi/update/check", "/api/update/check"],
  ["/API/Update/check", "/api/update/check"],
  ["/api/update%3Fx", "/api/update%3fx"],
  ["/%c0%ae", "/%c0%ae"],
  ["/devices", "/devices"],
])("%s could be taken for %s", (path, expected) => {
  expect(decodeFully(path)).toBe(expected);
});

test.each([
  ["/a/../b", true],
  ["/a/..", true],
  ["/a\\..\\b", true],
  ["/a/%2E%2e/b", true],
  ["/a/.%2e", true],
  ["/a%2f..%5Cb", true],
  ["http://pool01/a/../b", true],
  ["/a/...", false],
  ["/a..b/..c", false],
  ["/a?x=/../b", false],
  ["/a/%252e%252e/b", false],
])("%s climbs: %s", (target, expected) => {
  expect(climbs(target)).toBe(expected);
});

test.each([
  ["/devices", true],
  ["/%C3%A9%2F%00", true],
  ["/%", false],
  ["/%zz", false],
  ["/%ff", false],
  ["/%E0%A4%A", false],
  ["/%ED%A0%80", false],
])("%s can be decoded: %s", (path, expected) => {
  expect(isDecodable(path)).toBe(expected);
});
