import {
  FIELD_ALIASES,
  FIELDS_NOT_INHERITED,
  FILE_ALIASES,
  UPDATE_ELEMENT,
} from "#lib/cab/description/aliases";
import { DESCRIBED_FIELDS } from "#lib/cab/description/model";
import type { DescribedField, DescribedFileRole, KnownDetails } from "#lib/cab/description/model";
import { extensionOf, roleOf } from "#lib/cab/description/member-paths";
import { onceForEach } from "#lib/core/once-for-each";
import type { XmlElement } from "#lib/core/xml-tree";

/** One update as a description tells of it, before any of it was checked. */
export type UpdateRecord = {
  readonly known: KnownDetails;
  readonly files: readonly NamedFile[];
};

export type NamedFile = {
  readonly name: string;
  /** Null: neither the element nor the extension tells. */
  readonly role: DescribedFileRole | null;
};

/** A value with the name it stands under; `depth` 1 is the update's own attribute or child. */
type Leaf = { readonly name: string; readonly value: string; readonly depth: number };

/**
 * The updates of a description: its innermost `Update` elements, each with what the elements around it
 * state for all of them; the whole document where it has no such element.
 */
export function readRecords(root: XmlElement): readonly UpdateRecord[] {
  const records = recordsIn(root, []);
  const found = records.length > 0 ? records : [toRecord(root, [])];
  return found.filter(
    ({ known, files }) =>
      files.length > 0 || DESCRIBED_FIELDS.some((field) => known[field] !== null),
  );
}

function recordsIn(
  element: XmlElement,
  around: readonly (readonly Leaf[])[],
): readonly UpdateRecord[] {
  const within = [directLeaves(element, 1), ...around];
  const inner = element.children.flatMap((child) => recordsIn(child, within));
  return inner.length === 0 && element.name === UPDATE_ELEMENT
    ? [toRecord(element, around)]
    : inner;
}

function toRecord(element: XmlElement, around: readonly (readonly Leaf[])[]): UpdateRecord {
  const own = leavesOf(element, 1);
  const valueOf = (field: DescribedField): string | null =>
    pickValue(own, field) ?? (own.some(isAliasOf(field)) ? null : inheritedValue(around, field));
  return {
    known: {
      deviceType: valueOf("deviceType"),
      brand: valueOf("brand"),
      model: valueOf("model"),
      revision: valueOf("revision"),
      locale: valueOf("locale"),
      version: valueOf("version"),
      updateType: valueOf("updateType"),
    },
    files: own.flatMap(toNamedFile),
  };
}

function inheritedValue(
  around: readonly (readonly Leaf[])[],
  field: DescribedField,
): string | null {
  const nearest = FIELDS_NOT_INHERITED.has(field)
    ? undefined
    : around.find((leaves) => statedBy(leaves).has(field));
  return nearest === undefined ? null : (statedBy(nearest).get(field) ?? null);
}

/** What an element around updates states; read once, because there may be thousands of each. */
const statedBy = onceForEach(
  (leaves: readonly Leaf[]): ReadonlyMap<DescribedField, string | null> =>
    new Map(
      DESCRIBED_FIELDS.filter((field) => leaves.some(isAliasOf(field))).map((field) => [
        field,
        pickValue(leaves, field),
      ]),
    ),
);

/** The value of the first alias that occurs, nearest to the update; null where several disagree. */
function pickValue(leaves: readonly Leaf[], field: DescribedField): string | null {
  const { nested, direct } = FIELD_ALIASES[field];
  const matches = [...nested, ...direct]
    .map((alias) => leaves.filter((leaf) => leaf.name === alias && isAliasOf(field)(leaf)))
    .find((found) => found.length > 0);
  if (matches === undefined) {
    return null;
  }
  const nearest = Math.min(...matches.map(({ depth }) => depth));
  const values = matches.filter(({ depth }) => depth === nearest).map(({ value }) => value);
  const [first, ...others] = values;
  return first !== undefined && others.every((other) => other.toLowerCase() === first.toLowerCase())
    ? first
    : null;
}

function isAliasOf(field: DescribedField): (leaf: Leaf) => boolean {
  const nested: readonly string[] = FIELD_ALIASES[field].nested;
  const direct: readonly string[] = FIELD_ALIASES[field].direct;
  return ({ name, depth }) => nested.includes(name) || (depth === 1 && direct.includes(name));
}

/** A value without a known extension may still be a file's, but only a name that says so lets it be one. */
function toNamedFile({ name, value }: Leaf): readonly NamedFile[] {
  const role = FILE_ALIASES.get(name);
  if (role === undefined || value === "") {
    return [];
  }
  const byExtension = roleOf(value);
  if (byExtension !== null) {
    return [{ name: value, role: byExtension }];
  }
  return extensionOf(value) === "" || /\s/.test(value) ? [] : [{ name: value, role }];
}

function directLeaves(element: XmlElement, depth: number): readonly Leaf[] {
  return [
    ...element.attributes.map(({ name, value }) => ({ name, value, depth })),
    ...element.children
      .filter((child) => child.children.length === 0 && child.text !== "")
      .map(({ name, text }) => ({ name, value: text, depth })),
  ].filter(({ value }) => value !== "");
}

function leavesOf(element: XmlElement, depth: number): readonly Leaf[] {
  return [
    ...directLeaves(element, depth),
    ...element.children.flatMap((child) => leavesOf(child, depth + 1)),
  ];
}
