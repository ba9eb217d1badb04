import { expect, test } from "vitest";
import { HOME_PATH, safeCallbackPath, signInPath } from "#foundation/core/callback-path";

test.each([
  "/updates/approved",
  "/updates/pending?q=cx600&page=2",
  "/devices#top",
  "/devices?next=https://contoso.com",
])("accepts %s", (path) => {
  expect(safeCallbackPath(path)).toBe(path);
});

test.each([
  "https://evil.example/updates",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/.//evil.example",
  "/updates/..//evil.example",
  "javascript:alert(1)",
  "updates",
  "",
  "/sign-in",
  "/sign-in?callbackUrl=/sign-in",
  "/api/auth/signout",
  "/",
  undefined,
  ["/updates", "//evil.example"],
])("replaces %j with the start page", (value) => {
  expect(safeCallbackPath(value)).toBe(HOME_PATH);
});

test("the sign-in path contains the callback, unless that is the start page", () => {
  expect(signInPath("/devices?q=a&page=2")).toBe(
    "/sign-in?callbackUrl=%2Fdevices%3Fq%3Da%26page%3D2",
  );
  expect(signInPath(HOME_PATH)).toBe("/sign-in");
  expect(signInPath("//evil.example")).toBe("/sign-in");
});

test("the sign-in path keeps what is escaped in a query", () => {
  const path = "/devices?state=silent&q=a%26b%20c&page=2";
  const { searchParams } = new URL(signInPath(path), "http://localhost");
  expect(searchParams.get("callbackUrl")).toBe(path);
});
