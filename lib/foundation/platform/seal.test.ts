import { expect, test, vi } from "vitest";
import { seal, unseal } from "#foundation/platform/seal";

vi.stubEnv("NEXTAUTH_SECRET", "a secret of at least thirty-two characters");

test("reads what it has sealed", () => {
  expect(unseal(seal("pässword", "mail"), "mail")).toBe("pässword");
});

test("seals the same text differently each time, and does not contain it", () => {
  const sealed = [seal("password", "mail"), seal("password", "mail")];
  expect(new Set(sealed).size).toBe(2);
  expect(sealed.join("")).not.toContain("password");
});

test.each([
  ["another purpose", (sealed: string) => unseal(sealed, "webhook")],
  ["a changed text", (sealed: string) => unseal(`${sealed.slice(0, -2)}AA`, "mail")],
  ["a text that is cut off", (sealed: string) => unseal(sealed.slice(0, 20), "mail")],
  ["another version", (sealed: string) => unseal(sealed.replace("v1", "v2"), "mail")],
  ["nothing", () => unseal("", "mail")],
])("reads nothing from %s", (_what, read) => {
  expect(read(seal("password", "mail"))).toBeNull();
});
