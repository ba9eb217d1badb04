import type { AuditValue } from "#foundation/audit/model";

/** One fact as it is shown: a value, or a change of a value. */
export type FactLine =
  | { readonly kind: "value"; readonly name: string; readonly value: AuditValue }
  | {
      readonly kind: "change";
      readonly name: string;
      readonly before: AuditValue;
      readonly after: AuditValue;
    };

const BEFORE = "Before";

/**
 * The facts in the order of their names. `xBefore` and `x` are combined. A value that is absent before and after is
 * omitted.
 */
export function toFactLines(facts: Readonly<Record<string, AuditValue>>): readonly FactLine[] {
  const names = new Set(Object.keys(facts).map((key) => nameOf(key, facts)));
  return [...names].toSorted().flatMap((name): readonly FactLine[] => {
    const after = facts[name] ?? null;
    const before = facts[`${name}${BEFORE}`];
    if (before === undefined || isSame(before, after)) {
      return isAbsent(after) ? [] : [{ kind: "value", name, value: after }];
    }
    return [{ kind: "change", name, before, after }];
  });
}

/** `xBefore` belongs to `x` if there is an `x`. A removed rule has only values before. */
function nameOf(key: string, facts: Readonly<Record<string, AuditValue>>): string {
  const name = key.endsWith(BEFORE) ? key.slice(0, -BEFORE.length) : key;
  return name in facts ? name : key;
}

function isSame(left: AuditValue, right: AuditValue): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function isAbsent(value: AuditValue): boolean {
  return value === null || value === "" || (Array.isArray(value) && value.length === 0);
}
