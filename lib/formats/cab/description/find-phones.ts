import { KNOWN_DEVICE_TYPES, TYPE_NAME } from "#formats/cab/description/aliases";
import { includesText } from "#formats/cab/description/includes-text";
import type { Leaf } from "#formats/cab/description/xml-leaves";
import { directLeaves, isAliasOf } from "#formats/cab/description/xml-leaves";
import { HARDWARE_FIELDS } from "#foundation/core/hardware";
import type { XmlElement } from "#formats/xml/xml-tree";

/** More than any package has; limits the work that a hostile manifest can cause. */
export const MAX_UPDATES = 1024;
export const MAX_FILE_NAMES = 8 * MAX_UPDATES;

/** A child of an update that describes one phone: it has at least two hardware fields. */
export type DescribedPhone = {
  readonly own: readonly Leaf[];
  /** Statements about several phones, from the elements between the phone and the update, nearest first. */
  readonly shared: readonly (readonly Leaf[])[];
};

export type PhonesOfUpdate = {
  /** Statements of the update about all its phones; `depth` 1 is its own attribute or child. */
  readonly common: readonly Leaf[];
  /** Empty when the update itself describes its phone. At most `MAX_UPDATES` + 1. */
  readonly phones: readonly DescribedPhone[];
};

/** Separates the statements of an update about single phones from those about all its phones. */
export function findPhones(update: XmlElement): PhonesOfUpdate {
  const common: Leaf[] = [...directLeaves(update, 1)];
  const phones: DescribedPhone[] = [];
  for (const child of update.children) {
    collect(child, { depth: 2, shared: [], common, phones });
  }
  return areAlternatives(phones)
    ? { common, phones }
    : {
        common: [...common, ...phones.flatMap(({ own, shared }) => [...own, ...shared.flat()])],
        phones: [],
      };
}

/** Whether the children describe different phones. Without a common field they describe one phone together. */
function areAlternatives(phones: readonly DescribedPhone[]): boolean {
  const [first, ...others] = phones;
  return (
    others.length === 0 ||
    HARDWARE_FIELDS.some((field) => {
      const isField = isAliasOf(field);
      return first?.own.some(isField) === true && others.some(({ own }) => own.some(isField));
    })
  );
}

type Collection = {
  readonly depth: number;
  readonly shared: readonly (readonly Leaf[])[];
  readonly common: Leaf[];
  readonly phones: DescribedPhone[];
};

function collect(element: XmlElement, { depth, shared, common, phones }: Collection): void {
  const own = directLeaves(element, 1);
  if (countHardwareFields(own) < 2) {
    append(common, directLeaves(element, depth));
    for (const child of element.children) {
      collect(child, { depth: depth + 1, shared, common, phones });
    }
    return;
  }
  const before = phones.length;
  const nested: Leaf[] = [];
  for (const child of element.children) {
    collect(child, { depth: depth + 1, shared: [own, ...shared], common: nested, phones });
  }
  if (phones.length > before) {
    append(common, nested);
  } else if (phones.length <= MAX_UPDATES) {
    phones.push({ own: [...own, ...nested], shared });
  }
}

/** Appends one by one: `push(...leaves)` fails with too many arguments. */
function append(list: Leaf[], leaves: readonly Leaf[]): void {
  for (const leaf of leaves) {
    list.push(leaf);
  }
}

function countHardwareFields(leaves: readonly Leaf[]): number {
  const named = HARDWARE_FIELDS.filter((field) =>
    leaves.some((leaf) => isAliasOf(field)(leaf) && !isEverydayWord(leaf)),
  );
  const hasDeviceType = leaves.some(
    ({ name, value }) => name === TYPE_NAME && includesText(KNOWN_DEVICE_TYPES, value),
  );
  return named.length + (hasDeviceType && !named.includes("deviceType") ? 1 : 0);
}

/** Whether the leaf is a common word: the `language` of a text next to its `locale` does not describe a phone. */
function isEverydayWord({ name }: Leaf): boolean {
  return name === "language" || name === "lcid";
}
