import type { Role } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";

export const NOW = new Date("2026-03-02T09:30:00.000Z");

/** A context with an account as the actor; by default an administrator. */
export function aContext({
  role = "administrator",
  name = "anna",
  now = NOW,
}: Partial<ContextOptions> = {}): UseCaseContext {
  return {
    actor: { kind: "account", id: null, name, role },
    now,
    requestId: "00000000-0000-4000-8000-000000000001",
  };
}

type ContextOptions = { readonly role: Role; readonly name: string; readonly now: Date };
