import { FIELD_ALIASES } from "#formats/cab/description/aliases";
import type { DescribedField } from "#formats/cab/description/model";
import type { XmlElement } from "#formats/xml/xml-tree";

/** A value with its name; `depth` 1 is an attribute or child of the element that is read. */
export type Leaf = {
  readonly name: string;
  readonly value: string;
  readonly depth: number;
  readonly isAttribute: boolean;
};

/** The element's own attributes, and its children that contain only text. */
export function directLeaves(element: XmlElement, depth: number): readonly Leaf[] {
  return [
    ...element.attributes.map(({ name, value }) => ({ name, value, depth, isAttribute: true })),
    ...element.children
      .filter((child) => child.children.length === 0 && child.text !== "")
      .map(({ name, text }) => ({ name, value: text, depth, isAttribute: false })),
  ].filter(({ value }) => value !== "");
}

/** Whether a leaf names a field: `nested` aliases count at any depth, `direct` ones only at depth 1. */
export function isAliasOf(field: DescribedField): (leaf: Leaf) => boolean {
  const nested: readonly string[] = FIELD_ALIASES[field].nested;
  const direct: readonly string[] = FIELD_ALIASES[field].direct;
  return ({ name, depth }) => nested.includes(name) || (depth === 1 && direct.includes(name));
}
