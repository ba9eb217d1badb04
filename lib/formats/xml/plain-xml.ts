import type { XmlAttribute, XmlElement } from "#formats/xml/xml-tree";
import { toComparableName } from "#formats/xml/xml-tree";

const MAX_NESTING = 32;
/** Optional declaration; irrelevant after decoding. */
const PROLOGUE = /^\uFEFF?\s*(?:<\?xml\s[^<>?]*\?>\s*)?/;
/** One tag and the text after it. References are excluded, so that no text has to be decoded. */
const TAG =
  /<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<&]*"|'[^'<&]*'))*)\s*(\/?)>([^<&]*)/y;
/** Sticky: each attribute must directly follow the previous one. */
const ATTRIBUTE = /\s+([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/gy;

type OpenElement = {
  readonly tag: string;
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: OpenElement[];
  text: string;
};

/**
 * Fast path for the XML that phones nearly always send: elements with attributes and text. Takes a fraction of the
 * time of a full parser. Null for everything else, well-formed or not: comments, references, CDATA, mixed content.
 */
export function readPlainXml(text: string): XmlElement | null {
  const top: OpenElement = { tag: "", name: "", attributes: [], children: [], text: "" };
  const open = [top];
  TAG.lastIndex = PROLOGUE.exec(text)?.[0].length ?? 0;
  while (TAG.lastIndex < text.length) {
    const match = TAG.exec(text);
    if (match === null || !takeTag(open, match)) {
      return null;
    }
  }
  const [root, ...others] = top.children;
  return root !== undefined && open.length === 1 && others.length === 0 ? root : null;
}

function takeTag(open: OpenElement[], match: RegExpExecArray): boolean {
  const [, closing = "", tag = "", attributes = "", selfClosing = "", content = ""] = match;
  const isTaken =
    closing === ""
      ? openElement(open, { tag, attributes, isEmpty: selfClosing === "/" })
      : attributes + selfClosing === "" && closeElement(open, tag);
  return isTaken && takeText(open, content);
}

function closeElement(open: OpenElement[], tag: string): boolean {
  return open.length > 1 && open.pop()?.tag === tag;
}

type Tag = { readonly tag: string; readonly attributes: string; readonly isEmpty: boolean };

function openElement(open: OpenElement[], { tag, attributes: text, isEmpty }: Tag): boolean {
  const attributes = text === "" ? [] : readAttributes(text);
  const parent = open.at(-1);
  if (attributes === null || parent?.text !== "") {
    return false;
  }
  const element = { tag, name: toComparableName(tag), attributes, children: [], text: "" };
  parent.children.push(element);
  if (!isEmpty) {
    open.push(element);
  }
  return open.length <= MAX_NESTING;
}

/** Text is content only in an element without children; between elements only white space is allowed. */
function takeText(open: readonly OpenElement[], content: string): boolean {
  const text = content.trim();
  const element = open.at(-1);
  if (text === "" || element === undefined) {
    return true;
  }
  element.text = text;
  return open.length > 1 && element.children.length === 0;
}

/** Null for a repeated name, which is not well-formed. */
function readAttributes(text: string): readonly XmlAttribute[] | null {
  const seen = new Set<string>();
  const attributes: XmlAttribute[] = [];
  for (const [, name = "", double, single = ""] of text.matchAll(ATTRIBUTE)) {
    if (seen.has(name)) {
      return null;
    }
    seen.add(name);
    if (name !== "xmlns" && !name.startsWith("xmlns:")) {
      attributes.push({ name: toComparableName(name), value: (double ?? single).trim() });
    }
  }
  return attributes;
}
