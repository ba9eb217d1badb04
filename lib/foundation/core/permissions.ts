import { AppError } from "#foundation/core/errors";

/**
 * Roles and permissions. Use cases call `requirePermission` first; the panel calls `may` to hide actions that would
 * fail.
 */
export const ROLES = ["administrator", "operator", "viewer"] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = [
  "rule:read",
  "rule:review",
  "rule:remove",
  "import:read",
  "import:create",
  "test_device:read",
  "test_device:write",
  "device:read",
  "device:write",
  "capture:read",
  "log:read",
  "pool:read",
  "pool:write",
  "audit:read",
  "account:manage",
  "token:own",
  "device_token:manage",
  "readiness:run",
  "settings:read",
  "settings:write",
  "view:own",
  "view:share",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const VIEWER = [
  "rule:read",
  "import:read",
  "test_device:read",
  "device:read",
  "pool:read",
  "audit:read",
  "settings:read",
  "token:own",
  "view:own",
] as const satisfies readonly Permission[];

const OPERATOR = [
  ...VIEWER,
  "rule:review",
  "test_device:write",
  "capture:read",
  "log:read",
  "readiness:run",
  "view:share",
] as const satisfies readonly Permission[];

const PERMISSIONS_BY_ROLE = {
  administrator: new Set<Permission>(PERMISSIONS),
  operator: new Set<Permission>(OPERATOR),
  viewer: new Set<Permission>(VIEWER),
} as const satisfies Record<Role, ReadonlySet<Permission>>;

/**
 * Who acts: a person in the panel or with an API token, an administrator who runs the command line on the server (and
 * could read the database anyway), or the service itself.
 */
export type Actor = {
  readonly kind: "account" | "command_line" | "system";
  /** The account's id; null for an actor without an account. */
  readonly id: string | null;
  readonly name: string;
  readonly role: Role;
};

export function may(actor: Pick<Actor, "role">, permission: Permission): boolean {
  return PERMISSIONS_BY_ROLE[actor.role].has(permission);
}

/** Throws `forbidden` unless the actor's role has the permission. */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (!may(actor, permission)) {
    throw new AppError("forbidden", `The role ${actor.role} does not allow this.`);
  }
}
