import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const ROOT = join(import.meta.dirname, "../../..");

type Module = {
  readonly directive: "client" | "server" | null;
  /** The arguments of `useTranslations`; "*" for one that is no literal. */
  readonly used: readonly string[];
  /** The namespaces that the module sends to the browser. */
  readonly sent: readonly string[];
  readonly imports: readonly string[];
};

export type PageNamespaces = {
  /** What client components of the page use. */
  readonly used: ReadonlySet<string>;
  /** What the page sends to the browser. */
  readonly sent: ReadonlySet<string>;
};

/**
 * Reads which namespaces of messages the client components of a page, layout or error boundary use, and which it sends to
 * the browser. Follows the imports, also of components that are loaded when they are needed. `entry` is relative to the
 * root of the project.
 */
export function clientNamespaces(entry: string): PageNamespaces {
  const used = new Set<string>();
  const sent = new Set<string>();
  const seen = new Set<string>();

  function visit(path: string, isImportedByClient: boolean): void {
    const module = readModule(path);
    const isClient = isImportedByClient || module.directive === "client";
    const key = `${path} ${isClient}`;
    // A client component holds only references to server actions.
    if (seen.has(key) || module.directive === "server") {
      return;
    }
    seen.add(key);
    const target = isClient ? used : sent;
    for (const namespace of isClient ? module.used : module.sent) {
      target.add(namespace);
    }
    for (const next of module.imports) {
      visit(next, isClient);
    }
  }

  visit(join(ROOT, entry), false);
  return { used, sent };
}

const modules = new Map<string, Module>();

function readModule(path: string): Module {
  const known = modules.get(path);
  if (known !== undefined) {
    return known;
  }
  const source = readFileSync(path, "utf8").replaceAll(/\/\*.*?\*\//gsu, "");
  const module: Module = {
    directive: directiveOf(source),
    used: [...source.matchAll(/\buseTranslations\((?:"([\w.]+)")?/gu)].map(
      ([, name]) => name ?? "*",
    ),
    sent: [
      ...source.matchAll(/\b(?:streamed|withMessages)\(\s*\w+,\s*\[([^\]]*)\]/gu),
      ...source.matchAll(/\bnamespaces=\{\[([^\]]*)\]\}/gu),
    ].flatMap(([, list = ""]) => [...list.matchAll(/[\w.]+/gu)].map(([name]) => name)),
    imports: [
      ...source.matchAll(/^(?:import|export) (?!type )[^;"]*from "([^"]+)"/gmu),
      ...source.matchAll(/\bimport\("([^"]+)"\)/gu),
    ].flatMap(([, specifier = ""]) => resolve(path, specifier)),
  };
  modules.set(path, module);
  return module;
}

function directiveOf(source: string): Module["directive"] {
  const [, directive] = /^"use (client|server)";/u.exec(source) ?? [];
  return directive === "client" || directive === "server" ? directive : null;
}

/** Components and files beside pages. The wings of `lib/` have no components. */
function resolve(from: string, specifier: string): string[] {
  if (specifier.startsWith("#components/")) {
    return [join(ROOT, "components", `${specifier.slice("#components/".length)}.tsx`)];
  }
  if (!specifier.startsWith(".")) {
    return [];
  }
  const path = join(dirname(from), specifier);
  return [`${path}.tsx`, `${path}.ts`].filter((candidate) => existsSync(candidate)).slice(0, 1);
}
