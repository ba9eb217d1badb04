import "server-only";

const REGISTRY_KEY = Symbol.for("ucupdates.once-per-process");
/** Looked up once: a check asks for half a dozen of these. */
const REGISTRY = processRegistry();

/**
 * The one value of that name in this process, created on first use. Next bundles its own copy of every module,
 * so a module-level constant exists twice: once for the native mount in `server.ts`, once for the routes.
 * The same name always stands for the same type: it is used by one module only.
 */
export function oncePerProcess<T>(name: string, create: () => T): T {
  let value = REGISTRY.get(name);
  if (value === undefined && !REGISTRY.has(name)) {
    value = create();
    REGISTRY.set(name, value);
  }
  // The registry cannot know the type of each entry; the name's only user does.
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
