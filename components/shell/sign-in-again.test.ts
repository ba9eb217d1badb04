import { expect, test } from "vitest";
import { signInAgainPath } from "#components/shell/sign-in-again";

test.each([
  ["/devices", "?state=silent&q=a%26b%20c&page=2"],
  ["/home", ""],
])("the sign-in leads back to %s%s", (pathname, search) => {
  const { searchParams } = new URL(signInAgainPath(pathname, search), "http://localhost");
  expect(searchParams.get("callbackUrl")).toBe(`${pathname}${search}`);
});
