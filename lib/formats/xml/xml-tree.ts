import {
  ATTRIBUTES_KEY,
  TEXT_KEY,
  declaresDocumentType,
  isRecord,
  parseXmlNodes,
} from "#formats/xml/xml-nodes";
import { memoizeText } from "#foundation/core/memoize";

/**
 * A normalized element: names are local names in lower case without `-` and `_`, namespace declarations are removed,
 * and text and CDATA are one string.
 */
export type XmlElement = {
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  readonly text: string;
};

export type XmlAttribute = { readonly name: string; readonly value: string };

type XmlRefusal = "too_long" | "document_type" | "malformed";

type XmlReading =
  | { readonly kind: "read"; readonly root: XmlElement }
  | { readonly kind: "refused"; readonly reason: XmlRefusal; readonly problem: string };

const MAX_XML_CHARACTERS = 1024 * 1024;

/** Reads an XML document from outside, with any vocabulary. Refuses document types and therefore entities. */
export function readXmlTree(text: string, maxCharacters: number = MAX_XML_CHARACTERS): XmlReading {
  if (text.length > maxCharacters) {
    return refused("too_long", `it is longer than ${maxCharacters} characters.`);
  }
  if (declaresDocumentType(text)) {
    return refused(
      "document_type",
      "it declares a document type or an entity, which is not accepted.",
    );
  }
  const nodes = parseXmlNodes(text);
  if (nodes === null) {
    return refused("malformed", "it is not well-formed XML.");
  }
  const [root, ...others] = toElements(nodes);
  if (root === undefined || others.length > 0) {
    return refused("malformed", "it does not have exactly one root element.");
  }
  return { kind: "read", root };
}

/** Turns `ns:Mac-Address` and `MAC_Address` into `macaddress`. Memoized: similar documents use the same few names. */
export const toComparableName: (name: string) => string = memoizeText((name) =>
  name
    .slice(name.lastIndexOf(":") + 1)
    .replace(/[-_]/g, "")
    .toLowerCase(),
);

function refused(reason: XmlRefusal, problem: string): XmlReading {
  return { kind: "refused", reason, problem };
}

function toElements(nodes: readonly unknown[]): XmlElement[] {
  return nodes.flatMap((node) => {
    if (!isRecord(node)) {
      return [];
    }
    const tagName = Object.keys(node).find((key) => key !== ATTRIBUTES_KEY && key !== TEXT_KEY);
    return tagName === undefined ? [] : [toElement(tagName, node)];
  });
}

function toElement(tagName: string, node: Readonly<Record<string, unknown>>): XmlElement {
  const content: unknown = node[tagName];
  const childNodes: readonly unknown[] = Array.isArray(content) ? content : [];
  return {
    name: toComparableName(tagName),
    attributes: toAttributes(node[ATTRIBUTES_KEY]),
    children: toElements(childNodes),
    text: childNodes.map(textOf).join("").trim(),
  };
}

function toAttributes(attributes: unknown): XmlAttribute[] {
  if (!isRecord(attributes)) {
    return [];
  }
  return Object.entries(attributes)
    .filter(([name]) => name !== "xmlns" && !name.startsWith("xmlns:"))
    .map(([name, value]) => ({
      name: toComparableName(name),
      value: typeof value === "string" ? value.trim() : "",
    }));
}

function textOf(node: unknown): string {
  const text = isRecord(node) ? node[TEXT_KEY] : undefined;
  return typeof text === "string" ? text : "";
}
