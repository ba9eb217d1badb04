import {
  FIELD_ALIASES,
  FIELDS_NOT_INHERITED,
  FILE_ALIASES,
  TYPE_NAME,
  UPDATE_ELEMENT,
} from "#formats/cab/description/aliases";
import { DESCRIBED_FIELDS } from "#formats/cab/description/model";
import type {
  DescribedField,
  DescribedFileRole,
  KnownDetails,
} from "#formats/cab/description/model";
import { extensionOf, roleOf } from "#formats/cab/description/member-paths";
import { findPhones, MAX_FILE_NAMES, MAX_UPDATES } from "#formats/cab/description/find-phones";
import { includesText } from "#formats/cab/description/includes-text";
import { NOTHING_KNOWN } from "#formats/cab/description/path-layout";
import type { Leaf } from "#formats/cab/description/xml-leaves";
import { directLeaves, isAliasOf } from "#formats/cab/description/xml-leaves";
import { memoizeByObject } from "#foundation/core/memoize";
import type { XmlElement } from "#formats/xml/xml-tree";
import { HARDWARE_FIELDS } from "#foundation/core/hardware";

/** One update for one kind of phone as the description states it, not yet checked. */
export type UpdateRecord = {
  readonly known: KnownDetails;
  /** Values of `type`, nearest to the phone first. */
  readonly types: readonly string[];
  /** Fields with several values, which are therefore unknown. */
  readonly disputed: readonly DescribedField[];
  readonly files: readonly NamedFile[];
};

export type NamedFile = {
  readonly name: string;
  /** Null when neither the element nor the extension determines it. */
  readonly role: DescribedFileRole | null;
};

type Around = readonly (readonly Leaf[])[];

/**
 * Reads the updates of a description: its innermost `Update` elements, each with the statements of the elements
 * around it; the whole document if it has no such element. An update that names several phones gives one record
 * for each.
 */
export function readRecords(root: XmlElement): readonly UpdateRecord[] {
  const records = recordsIn(root, []);
  const found = records.length > 0 ? records : toRecords(root, []);
  return found.filter(
    ({ known, files, types, disputed }) =>
      files.length + types.length + disputed.length > 0 ||
      DESCRIBED_FIELDS.some((field) => known[field] !== null),
  );
}

function recordsIn(element: XmlElement, around: Around): readonly UpdateRecord[] {
  const within = [directLeaves(element, 1), ...around];
  const inner = element.children.flatMap((child) => recordsIn(child, within));
  return inner.length === 0 && element.name === UPDATE_ELEMENT ? toRecords(element, around) : inner;
}

function toRecords(element: XmlElement, around: Around): readonly UpdateRecord[] {
  const { common, phones } = findPhones(element);
  const sets = phones.length === 0 ? [{ own: common, shared: [] }] : phones;
  return sets.flatMap(({ own, shared }) =>
    expandRepeated({ own, shared: phones.length === 0 ? shared : [...shared, common], around }),
  );
}

type Statements = {
  /** Statements nearest to the phone. */
  readonly own: readonly Leaf[];
  /** Statements about several phones of the update, nearest first. */
  readonly shared: Around;
  /** Statements of the elements around the update. */
  readonly around: Around;
};

/** One repeated hardware field names several phones. With two repeated fields the combinations are unknown. */
function expandRepeated(statements: Statements): readonly UpdateRecord[] {
  const { own, shared, around } = statements;
  if ([own, ...shared, ...around].every((leaves) => leaves.length === 0)) {
    return [EMPTY_RECORD];
  }
  const values = new Map(
    DESCRIBED_FIELDS.map((field) => [field, valuesOf(statements, field)] as const),
  );
  const repeated = HARDWARE_FIELDS.filter((field) => isRepeated(values.get(field) ?? NOTHING));
  const [field, ...others] = repeated;
  if (field === undefined || others.length > 0) {
    return [toRecord(statements, values)];
  }
  const several = values.get(field)?.distinct.slice(0, MAX_UPDATES + 1) ?? [];
  return several.map((value) =>
    toRecord(statements, new Map(values).set(field, { ...NOTHING, distinct: [value] })),
  );
}

/** The record of an update without statements: a hostile manifest may have a hundred thousand of them. */
const EMPTY_RECORD: UpdateRecord = { known: NOTHING_KNOWN, types: [], disputed: [], files: [] };

type FieldValues = {
  /** The values without duplicates, compared without case. */
  readonly distinct: readonly string[];
  /** Whether every value is an element of its own; an attribute next to an element contradicts it. */
  readonly areElements: boolean;
  /** Whether statements near the phone and further away contradict each other. */
  readonly isContradicted: boolean;
};

const NOTHING: FieldValues = { distinct: [], areElements: true, isContradicted: false };

function isRepeated({ distinct, areElements, isContradicted }: FieldValues): boolean {
  return distinct.length > 1 && areElements && !isContradicted;
}

function toRecord(
  { own, shared, around }: Statements,
  values: ReadonlyMap<DescribedField, FieldValues>,
): UpdateRecord {
  const disputed = DESCRIBED_FIELDS.filter((field) => isDisputed(field, values.get(field)));
  const valueOf = (field: DescribedField): string | null =>
    disputed.includes(field) ? null : (values.get(field)?.distinct[0] ?? null);
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
    types: joined([own, ...shared, ...around].map(typesIn)),
    disputed,
    files: joined([own, ...shared].map(filesIn)),
  };
}

/** Avoids a copy when only one list has items: an update may name thousands of files for thousands of phones. */
function joined<Item>(lists: readonly (readonly Item[])[]): readonly Item[] {
  const filled = lists.filter((list) => list.length > 0);
  return filled.length === 1 ? (filled[0] ?? []) : filled.flat();
}

/** Also true for a list in one value: no phone is called "CX500, CX600". */
function isDisputed(
  field: DescribedField,
  { distinct, isContradicted }: FieldValues = NOTHING,
): boolean {
  const isList = field !== "brand" && distinct.some((value) => /[,;|]/.test(value));
  return distinct.length > 1 || isContradicted || isList;
}

function valuesOf({ own, shared, around }: Statements, field: DescribedField): FieldValues {
  const within = [own, ...shared].flatMap((leaves) => statedBy(leaves).get(field) ?? []);
  const [nearest, ...further] = within;
  if (nearest === undefined) {
    const outside = FIELDS_NOT_INHERITED.has(field)
      ? undefined
      : around.find((leaves) => statedBy(leaves).has(field));
    const stated = (outside && statedBy(outside).get(field)) ?? NOTHING;
    // A field that is repeated around an update does not name phones of that update; the field stays unknown.
    return { ...stated, areElements: false };
  }
  const isContradicted = further.some(
    ({ distinct }) => !distinct.some((value) => includesText(nearest.distinct, value)),
  );
  return { ...nearest, isContradicted };
}

/** The statements of an element; memoized, because thousands of phones or updates may share it. */
const statedBy = memoizeByObject(
  (leaves: readonly Leaf[]): ReadonlyMap<DescribedField, FieldValues> =>
    new Map(
      DESCRIBED_FIELDS.filter((field) => leaves.some(isAliasOf(field))).map((field) => [
        field,
        pickValues(leaves, field),
      ]),
    ),
);

/** The values of the first alias that occurs, nearest to the update first. */
function pickValues(leaves: readonly Leaf[], field: DescribedField): FieldValues {
  const { nested, direct } = FIELD_ALIASES[field];
  const matches = [...nested, ...direct]
    .map((alias) => leaves.filter((leaf) => leaf.name === alias && isAliasOf(field)(leaf)))
    .find((found) => found.length > 0);
  if (matches === undefined) {
    return NOTHING;
  }
  const nearest = matches.reduce((least, { depth }) => Math.min(least, depth), Infinity);
  const nearestMatches = matches.filter(({ depth }) => depth === nearest);
  return {
    distinct: withoutRepetitions(nearestMatches.map(({ value }) => value)),
    areElements: nearestMatches.every(({ isAttribute }) => !isAttribute),
    isContradicted: false,
  };
}

/** `type` counts only directly on a phone, an update or an element around it. */
const typesIn = memoizeByObject((leaves: readonly Leaf[]): readonly string[] =>
  leaves
    .flatMap(({ name, depth, value }) => (name === TYPE_NAME && depth === 1 ? [value] : []))
    .slice(0, MAX_UPDATES),
);

/** Stops at one more than a manifest may name, which is enough to refuse it. */
const filesIn = memoizeByObject((leaves: readonly Leaf[]): readonly NamedFile[] =>
  leaves.flatMap(toNamedFile).slice(0, MAX_FILE_NAMES + 1),
);

function withoutRepetitions(values: readonly string[]): readonly string[] {
  return [
    ...new Map(values.toReversed().map((value) => [value.toLowerCase(), value])).values(),
  ].toReversed();
}

/** A value without a known extension counts as a file only if its element name says that it is a file. */
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
