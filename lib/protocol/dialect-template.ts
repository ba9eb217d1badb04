import type { ExactElement } from "#lib/core/exact-xml";
import { readExactXml } from "#lib/core/exact-xml";

/** What stands for a value of the whole answer, in any template. */
export const ANSWER_PLACEHOLDERS = ["downloads"] as const;
/** What stands for a value of one module. Outside a repeated element it is the first module's. */
export const MODULE_PLACEHOLDERS = [
  "updateType",
  "fileName",
  "signatureFileName",
  "version",
  "fromVersion",
  "timestamp",
  "internalBaseUrl",
  "externalBaseUrl",
  "internalUrl",
  "externalUrl",
  "size",
  "sha256",
  "deviceType",
  "vendor",
  "model",
  "revision",
  "locale",
] as const;

export type ModulePlaceholder = (typeof MODULE_PLACEHOLDERS)[number];
export type Placeholder = (typeof ANSWER_PLACEHOLDERS)[number] | ModulePlaceholder;

/** Marks the element that is written once for every module. */
export const REPEAT_ATTRIBUTE = "uc:each";
const REPEAT_VALUE = "module";

/** Values are strings that stand as they are, or placeholders. */
export type TemplateText = readonly (string | { readonly placeholder: Placeholder })[];

export type TemplateElement = {
  readonly name: string;
  readonly attributes: readonly { readonly name: string; readonly value: TemplateText }[];
  readonly content: readonly (TemplateElement | TemplateText)[];
  readonly isRepeated: boolean;
};

export type TemplateReading =
  | { readonly kind: "read"; readonly root: TemplateElement }
  | { readonly kind: "refused"; readonly problem: string };

/** What a template may speak of. */
export type TemplateKind = "update" | "no_update";

/**
 * Reads a template: an XML document whose values may hold placeholders such as `{version}`, and one of whose elements
 * may be marked `uc:each="module"`. A brace that is meant is written twice.
 */
export function readTemplate(text: string, kind: TemplateKind): TemplateReading {
  const reading = readExactXml(text);
  if (reading.kind === "refused") {
    return reading;
  }
  const problem = findProblem(reading.root, kind);
  return problem === null
    ? { kind: "read", root: toTemplate(reading.root) }
    : { kind: "refused", problem };
}

export function isTemplateElement(part: TemplateElement | TemplateText): part is TemplateElement {
  return "name" in part;
}

function findProblem(root: ExactElement, kind: TemplateKind): string | null {
  if (isMarked(root)) {
    return `The root element cannot be repeated: ${REPEAT_ATTRIBUTE} belongs on an element inside it.`;
  }
  const elements = withDescendants(root);
  const marked = elements.filter(isMarked);
  const strange = marked.find(({ attributes }) => markOf(attributes) !== REPEAT_VALUE);
  if (strange !== undefined) {
    return `<${strange.name}> can only be repeated with ${REPEAT_ATTRIBUTE}="${REPEAT_VALUE}".`;
  }
  const nested = marked.find((element) => withDescendants(element).filter(isMarked).length > 1);
  if (nested !== undefined) {
    return `<${nested.name}> holds another repeated element; one cannot stand in the other.`;
  }
  if (kind === "no_update" && marked.length > 0) {
    return "Where there is no update there are no modules to repeat an element for.";
  }
  return (
    findUndeclaredPrefix(root, new Set(["xml", "uc"])) ??
    elements
      .flatMap(valuesOf)
      .map((value) => findTextProblem(value, kind))
      .find(Boolean) ??
    null
  );
}

/** A prefix without a namespace is refused by most parsers, and ours would not notice. */
function findUndeclaredPrefix(element: ExactElement, outer: ReadonlySet<string>): string | null {
  const { name, attributes, content } = element;
  const own = attributes.flatMap(
    (attribute) => /^xmlns:(.+)$/.exec(attribute.name)?.slice(1) ?? [],
  );
  const declared = new Set([...outer, ...own]);
  const names = [name, ...attributes.map((attribute) => attribute.name)];
  const undeclared = names.find((candidate) => {
    const prefix = /^([^:]*):/.exec(candidate)?.[1];
    return prefix !== undefined && prefix !== "xmlns" && !declared.has(prefix);
  });
  if (undeclared !== undefined) {
    return `The prefix of ${undeclared} is declared nowhere around it.`;
  }
  const inner = content.filter((part) => typeof part !== "string");
  return inner.map((part) => findUndeclaredPrefix(part, declared)).find(Boolean) ?? null;
}

function findTextProblem(value: string, kind: TemplateKind): string | null {
  for (const part of split(value)) {
    if (part.kind === "brace") {
      return `A brace stands alone in "${value}". Write it twice if it is meant.`;
    }
    if (part.kind === "placeholder" && !isPlaceholder(part.name)) {
      return `There is no value {${part.name}}.`;
    }
    if (part.kind === "placeholder" && kind === "no_update" && part.name !== "downloads") {
      return `{${part.name}} is a value of a module, and where there is no update there is none.`;
    }
  }
  return null;
}

function withDescendants(element: ExactElement): readonly ExactElement[] {
  return [
    element,
    ...element.content.flatMap((part) => (typeof part === "string" ? [] : withDescendants(part))),
  ];
}

function valuesOf({ attributes, content }: ExactElement): readonly string[] {
  return [
    ...attributes.map(({ value }) => value),
    ...content.filter((part) => typeof part === "string"),
  ];
}

function isMarked({ attributes }: ExactElement): boolean {
  return markOf(attributes) !== undefined;
}

function markOf(attributes: ExactElement["attributes"]): string | undefined {
  return attributes.find(({ name }) => name === REPEAT_ATTRIBUTE)?.value;
}

function toTemplate(element: ExactElement): TemplateElement {
  return {
    name: element.name,
    isRepeated: isMarked(element),
    attributes: element.attributes
      .filter(({ name }) => name !== REPEAT_ATTRIBUTE)
      .map(({ name, value }) => ({ name, value: toText(value) })),
    content: element.content.map((part) =>
      typeof part === "string" ? toText(part) : toTemplate(part),
    ),
  };
}

function toText(value: string): TemplateText {
  return split(value).flatMap((part): TemplateText => {
    if (part.kind === "text") {
      return [part.text];
    }
    return part.kind === "placeholder" && isPlaceholder(part.name)
      ? [{ placeholder: part.name }]
      : [];
  });
}

type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "placeholder"; readonly name: string }
  | { readonly kind: "brace" };

function split(value: string): readonly Part[] {
  const parts = value.match(/\{\{|\}\}|\{[A-Za-z0-9]*\}|[{}]|[^{}]+/g) ?? [];
  return parts.map((part): Part => {
    if (part === "{{" || part === "}}") {
      return { kind: "text", text: part.slice(1) };
    }
    if (part === "{" || part === "}") {
      return { kind: "brace" };
    }
    return part.startsWith("{")
      ? { kind: "placeholder", name: part.slice(1, -1) }
      : { kind: "text", text: part };
  });
}

function isPlaceholder(name: string): name is Placeholder {
  const known: readonly string[] = [...ANSWER_PLACEHOLDERS, ...MODULE_PLACEHOLDERS];
  return known.includes(name);
}
