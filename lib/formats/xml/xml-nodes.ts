import { XMLParser } from "fast-xml-parser";
import { decodeXmlReferences } from "#formats/xml/xml-references";

// How the parser's nodes hold what is no child element.
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
  // Without document types nothing can be declared, so the decoder keeps no state between documents.
  entityDecoder: {
    decode: decodeXmlReferences,
    setExternalEntities: () => undefined,
    addInputEntities: () => undefined,
    setXmlVersion: () => undefined,
    reset: () => undefined,
  },
});

/** Whether a document declares a type or an entity, also inside comments: nobody needs one there. */
export function declaresDocumentType(text: string): boolean {
  return /<!(?:DOCTYPE|ENTITY)/i.test(text);
}

/** The parser's nodes in the order of the document, to be read with `isRecord`; null if it is not well-formed. */
export function parseXmlNodes(text: string): readonly unknown[] | null {
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the check for well-formedness moves to a package of its own; the pinned version has it
    const nodes: unknown = parser.parse(text.replace(/^\uFEFF/, ""), true);
    return Array.isArray(nodes) ? nodes : null;
  } catch {
    // The parser throws plain errors whose wording is not ours to show; every one means the same here.
    return null;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
