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
])("a %s asking for %s: %s", (role, permission, allowed) => {
  expect(may(anActor(role), permission)).toBe(allowed);
});

test("an administrator may do everything", () => {
  expect(PERMISSIONS.filter((permission) => !may(anActor("administrator"), permission))).toEqual(
    [],
  );
});

test("refuses with forbidden", () => {
  expect(() => {
    requirePermission(anActor("viewer"), "rule:review");
  }).toThrow(expect.objectContaining({ code: "forbidden" }));
});
