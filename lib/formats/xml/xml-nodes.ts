import { XMLParser } from "fast-xml-parser";
import { decodeXmlReferences } from "#formats/xml/xml-references";

// Keys in the parser's nodes for content that is not a child element.
export const ATTRIBUTES_KEY = ":@";
export const TEXT_KEY = "#text";

const MAX_NESTING = 32;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: MAX_NESTING,
  processEntities: true,
  // Without document types no entity can be declared, so the decoder has no state between documents.
  entityDecoder: {
    decode: decodeXmlReferences,
    setExternalEntities: () => undefined,
    addInputEntities: () => undefined,
    setXmlVersion: () => undefined,
    reset: () => undefined,
  },
});

/** Whether a document declares a document type or an entity. Also matches in comments, where none is needed. */
export function declaresDocumentType(text: string): boolean {
  return /<!(?:DOCTYPE|ENTITY)/i.test(text);
}

/** The parser's nodes in document order, to read with `isRecord`; null if the document is not well-formed. */
export function parseXmlNodes(text: string): readonly unknown[] | null {
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the check for well-formedness moves to a package of its own; the pinned version has it
    const nodes: unknown = parser.parse(text.replace(/^\uFEFF/, ""), true);
    return Array.isArray(nodes) ? nodes : null;
  } catch {
    // The parser throws plain errors; each means that the document is not well-formed. Their text is not shown.
    return null;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
