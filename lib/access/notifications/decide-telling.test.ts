import { expect, test } from "vitest";
import { decideTelling } from "#access/notifications/decide-telling";
import { DEFAULT_FREQUENCIES } from "#access/notifications/model";
import type { Person } from "#access/notifications/decide-telling";

const NOW = new Date("2026-11-28T18:13:15Z");
const PERSON: Person = {
  accountId: "00000000-0000-4000-8000-00000000000a",
  role: "administrator",
  timeZone: "UTC",
  frequencies: DEFAULT_FREQUENCIES,
};

const AT_SEVEN = new Date("2026-11-29T07:00:00Z");
const VIEWER = { ...PERSON, role: "viewer" } as const;
const WITHOUT_DISK = {
  ...PERSON,
  frequencies: { ...DEFAULT_FREQUENCIES, disk_low: "never" },
} as const;

test.each([
  { what: "a problem, at once", kind: "disk_low", person: PERSON, expected: NOW },
  { what: "news, once a day", kind: "approval", person: PERSON, expected: AT_SEVEN },
  { what: "no state of servers to a viewer", kind: "disk_low", person: VIEWER, expected: null },
  { what: "a restore to a viewer", kind: "restore", person: VIEWER, expected: NOW },
  { what: "nothing turned off", kind: "disk_low", person: WITHOUT_DISK, expected: null },
] as const)("tells $what", ({ kind, person, expected }) => {
  expect(decideTelling({ kind, actorId: null }, person, NOW)).toEqual(expected);
});

test("tells nothing of what the person did", () => {
  const notice = { kind: "restore", actorId: PERSON.accountId } as const;
  expect(decideTelling(notice, PERSON, NOW)).toBeNull();
});
