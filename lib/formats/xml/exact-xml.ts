import {
  ATTRIBUTES_KEY,
  TEXT_KEY,
  declaresDocumentType,
  isRecord,
  parseXmlNodes,
} from "#formats/xml/xml-nodes";

/** An element with unchanged names: case and prefix are kept, and namespace declarations are attributes. */
export type ExactElement = {
  readonly name: string;
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  readonly content: readonly (ExactElement | string)[];
};

export type ExactXmlFault = "document_type" | "not_well_formed" | "no_single_root";

export type ExactReading =
  | { readonly kind: "read"; readonly root: ExactElement }
  | { readonly kind: "refused"; readonly fault: ExactXmlFault; readonly problem: string };

/**
 * Reads one of our own XML documents, in which the exact spelling of names matters. Drops layout, comments and
 * processing instructions; refuses document types.
 */
export function readExactXml(text: string): ExactReading {
  if (declaresDocumentType(text)) {
    return refused("document_type", "A document type or an entity is not accepted.");
  }
  const nodes = parseXmlNodes(text);
  if (nodes === null) {
    return refused("not_well_formed", "This is not well-formed XML.");
  }
  const [root, ...others] = nodes.flatMap(toContent);
  return root === undefined || typeof root === "string" || others.length > 0
    ? refused("no_single_root", "There must be exactly one root element.")
    : { kind: "read", root };
}

function refused(fault: ExactXmlFault, problem: string): ExactReading {
  return { kind: "refused", fault, problem };
}

function toContent(node: unknown): readonly (ExactElement | string)[] {
  if (!isRecord(node)) {
    return [];
  }
  const text: unknown = node[TEXT_KEY];
  if (typeof text === "string") {
    return text === "" ? [] : [text];
  }
  const name = Object.keys(node).find((key) => key !== ATTRIBUTES_KEY);
  const content: unknown = name === undefined ? undefined : node[name];
  return name === undefined || !Array.isArray(content)
    ? []
    : [
        {
          name,
          attributes: toAttributes(node[ATTRIBUTES_KEY]),
          content: content.flatMap(toContent),
        },
      ];
}

function toAttributes(attributes: unknown): ExactElement["attributes"] {
  return isRecord(attributes)
    ? Object.entries(attributes).map(([name, value]) => ({
        name,
        value: typeof value === "string" ? value : "",
      }))
    : [];
}
