import { expect, test } from "vitest";
import type { Actor, Permission, Role } from "#foundation/core/permissions";
import { PERMISSIONS, may, requirePermission } from "#foundation/core/permissions";

function anActor(role: Role): Actor {
  return { kind: "account", id: null, name: "someone", role };
}

test.each<[Role, Permission, boolean]>([
  ["viewer", "rule:read", true],
  ["viewer", "rule:review", false],
  ["viewer", "test_device:write", false],
  ["operator", "rule:review", true],
  ["operator", "test_device:write", true],
  ["operator", "rule:remove", false],
  ["operator", "import:create", false],
  ["operator", "account:manage", false],
])("returns whether a %s may %s: %s", (role, permission, allowed) => {
  expect(may(anActor(role), permission)).toBe(allowed);
});

test("gives an administrator every permission", () => {
  expect(PERMISSIONS.filter((permission) => !may(anActor("administrator"), permission))).toEqual(
    [],
  );
});

test("throws forbidden without the permission", () => {
  expect(() => {
    requirePermission(anActor("viewer"), "rule:review");
  }).toThrow(expect.objectContaining({ code: "forbidden" }));
});
