import { expect, test } from "vitest";
import { Failures } from "#lib/credentials/failures";

const HERE = "192.0.2.1";

function failOften(failures: Failures, times: number, nameOf: (index: number) => string): void {
  for (let index = 0; index < times; index++) {
    failures.record({ name: nameOf(index), address: HERE }, 0);
  }
}

test("makes a name wait from the address where it failed, and from nowhere else", () => {
  const failures = new Failures();
  failOften(failures, 5, () => "adamb");
  expect(failures.waitMs({ name: "ADAMB ", address: HERE }, 0)).toBeGreaterThan(0);
  expect(failures.waitMs({ name: "anna", address: HERE }, 0)).toBe(0);
  expect(failures.waitMs({ name: "adamb", address: "192.0.2.2" }, 0)).toBe(0);
});

test("makes an address wait that tries many names", () => {
  const failures = new Failures();
  failOften(failures, 20, (index) => `user${index}`);
  expect(failures.waitMs({ name: "somebody else", address: HERE }, 0)).toBeGreaterThan(0);
});

test("forgives a name that was right in the end, and not the address", () => {
  const failures = new Failures();
  failOften(failures, 20, () => "adamb");
  failures.forgive({ name: "adamb", address: HERE });
  failures.record({ name: "adamb", address: "192.0.2.2" }, 0);
  expect(failures.waitMs({ name: "adamb", address: "192.0.2.2" }, 0)).toBe(0);
  expect(failures.waitMs({ name: "adamb", address: HERE }, 0)).toBeGreaterThan(0);
});
