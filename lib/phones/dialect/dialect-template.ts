import type { ExactElement, ExactXmlFault } from "#formats/xml/exact-xml";
import { readExactXml } from "#formats/xml/exact-xml";
import type { Placeholder } from "#phones/dialect/placeholders";
import {
  ANSWER_PLACEHOLDERS,
  MODULE_PLACEHOLDERS,
  REPEAT_ATTRIBUTE,
} from "#phones/dialect/placeholders";

const REPEAT_VALUE = "module";

/** Text is a sequence of literal strings and placeholders. */
export type TemplateText = readonly (string | { readonly placeholder: Placeholder })[];

export type TemplateElement = {
  readonly name: string;
  readonly attributes: readonly { readonly name: string; readonly value: TemplateText }[];
  readonly content: readonly (TemplateElement | TemplateText)[];
  readonly isRepeated: boolean;
};

/** The faults of a template; the panel translates each code. */
export type TemplateFault =
  | ExactXmlFault
  | "repeated_root"
  | "strange_repeat"
  | "nested_repeat"
  | "repeat_without_modules"
  | "undeclared_prefix"
  | "lone_brace"
  | "unknown_placeholder"
  | "module_placeholder";

type TemplateProblem = {
  readonly fault: TemplateFault;
  /** The faulty part of the template; empty if the whole template is faulty. */
  readonly subject: string;
  /** The fault as an English sentence. */
  readonly problem: string;
};

export type TemplateReading =
  | { readonly kind: "read"; readonly root: TemplateElement }
  | ({ readonly kind: "refused" } & TemplateProblem);

/** The kind of answer that a template is for. */
export type TemplateKind = "update" | "no_update";

/**
 * Reads a template: an XML document whose values may contain placeholders such as `{version}`, and one of whose
 * elements may be marked `uc:each="module"`. A literal brace is written twice.
 */
export function readTemplate(text: string, kind: TemplateKind): TemplateReading {
  const reading = readExactXml(text);
  if (reading.kind === "refused") {
    return { ...reading, subject: "" };
  }
  const problem = findProblem(reading.root, kind);
  return problem === null
    ? { kind: "read", root: toTemplate(reading.root) }
    : { kind: "refused", ...problem };
}

export function isTemplateElement(part: TemplateElement | TemplateText): part is TemplateElement {
  return "name" in part;
}

function findProblem(root: ExactElement, kind: TemplateKind): TemplateProblem | null {
  return (
    findRepeatProblem(root, kind) ??
    findUndeclaredPrefix(root, new Set(["xml", "uc"])) ??
    withDescendants(root)
      .flatMap(valuesOf)
      .map((value) => findTextProblem(value, kind))
      .find((problem) => problem !== null) ??
    null
  );
}

function findRepeatProblem(root: ExactElement, kind: TemplateKind): TemplateProblem | null {
  if (isMarked(root)) {
    const problem = `The root element cannot be repeated: put ${REPEAT_ATTRIBUTE} on an element inside it.`;
    return { fault: "repeated_root", subject: root.name, problem };
  }
  const marked = withDescendants(root).filter(isMarked);
  const strange = marked.find(({ attributes }) => markOf(attributes) !== REPEAT_VALUE);
  if (strange !== undefined) {
    const problem = `<${strange.name}> can only be repeated with ${REPEAT_ATTRIBUTE}="${REPEAT_VALUE}".`;
    return { fault: "strange_repeat", subject: strange.name, problem };
  }
  const nested = marked.find((element) => withDescendants(element).filter(isMarked).length > 1);
  if (nested !== undefined) {
    const problem = `<${nested.name}> contains another repeated element. Repeated elements cannot be nested.`;
    return { fault: "nested_repeat", subject: nested.name, problem };
  }
  if (kind === "no_update" && marked.length > 0) {
    const problem = "An answer without an update has no modules, so no element can be repeated.";
    return { fault: "repeat_without_modules", subject: "", problem };
  }
  return null;
}

/** Most parsers refuse a prefix without a namespace, but `readExactXml` does not check it. */
function findUndeclaredPrefix(
  element: ExactElement,
  outer: ReadonlySet<string>,
): TemplateProblem | null {
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
    const problem = `The namespace prefix of ${undeclared} is not declared.`;
    return { fault: "undeclared_prefix", subject: undeclared, problem };
  }
  const inner = content.filter((part) => typeof part !== "string");
  return (
    inner.map((part) => findUndeclaredPrefix(part, declared)).find((problem) => problem !== null) ??
    null
  );
}

function findTextProblem(value: string, kind: TemplateKind): TemplateProblem | null {
  for (const part of split(value)) {
    if (part.kind === "brace") {
      const problem = `"${value}" contains a single brace. Write a literal brace twice.`;
      return { fault: "lone_brace", subject: value, problem };
    }
    const problem = part.kind === "placeholder" ? findPlaceholderProblem(part.name, kind) : null;
    if (problem !== null) {
      return problem;
    }
  }
  return null;
}

function findPlaceholderProblem(name: string, kind: TemplateKind): TemplateProblem | null {
  const subject = `{${name}}`;
  if (!isPlaceholder(name)) {
    const problem = `There is no placeholder ${subject}.`;
    return { fault: "unknown_placeholder", subject, problem };
  }
  if (kind === "no_update" && name !== "downloads") {
    const problem = `${subject} is a value of a module, and an answer without an update has no modules.`;
    return { fault: "module_placeholder", subject, problem };
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
