import "server-only";

const REGISTRY_KEY = Symbol.for("ucupdates.once-per-process");
/** Looked up once, because a check reads about six of these values. */
const REGISTRY = processRegistry();

/**
 * Returns the one value with this name in this process, and creates it on first use. Next bundles its own copy of every
 * module, so a module-level constant exists twice in the process of the panel: once for `lib/programs/server/panel.ts`,
 * once for the routes. A name always has the same type, because only one module uses it.
 */
export function oncePerProcess<T>(name: string, create: () => T): T {
  let value = REGISTRY.get(name);
  if (value === undefined && !REGISTRY.has(name)) {
    value = create();
    REGISTRY.set(name, value);
  }
  // The registry does not know the type of an entry; the only user of the name does.
  return value as T;
}

function processRegistry(): Map<string, unknown> {
  const existing: unknown = Reflect.get(globalThis, REGISTRY_KEY);
  if (isRegistry(existing)) {
    return existing;
  }
  const registry = new Map<string, unknown>();
  Reflect.set(globalThis, REGISTRY_KEY, registry);
  return registry;
}

function isRegistry(value: unknown): value is Map<string, unknown> {
  return value instanceof Map;
}
