import { MANIFEST_NAME } from "#formats/cab/description/aliases";
import { FIELD_RULE, isUsableField } from "#formats/cab/description/field-rules";
import {
  bestByFolders,
  findNamedMembers,
  nearest,
} from "#formats/cab/description/find-named-member";
import type { MemberIndex, MemberSearch } from "#formats/cab/description/find-named-member";
import { fileNameOf, folderOf, pathKey, roleOf } from "#formats/cab/description/member-paths";
import { DESCRIBED_FIELDS, toNameCode } from "#formats/cab/description/model";
import type {
  DescribedField,
  IgnoredCode,
  IgnoredMember,
  KnownDetails,
  PackageMember,
  RefusedPackage,
  Vocabulary,
} from "#formats/cab/description/model";
import { readRecords } from "#formats/cab/description/read-records";
import type { NamedFile, UpdateRecord } from "#formats/cab/description/read-records";
import { MAX_FILE_NAMES, MAX_UPDATES } from "#formats/cab/description/find-phones";
import { ignoreMember, ignoreUndecoded, refusePackage } from "#formats/cab/description/refusals";
import { resolveType } from "#formats/cab/description/resolve-type";
import { hasNameProblem } from "#formats/cab/description/unusable-member";
import { toShownName } from "#formats/cab/cab-error";
import { readXmlTree } from "#formats/xml/xml-tree";

/** An image with the details of a manifest. An image for several kinds of phone has several. */
export type ManifestUpdate = {
  readonly image: PackageMember;
  readonly known: KnownDetails;
  /** Fields for which the manifest gives several values. */
  readonly disputed: readonly DescribedField[];
  readonly signature: PackageMember | null;
  readonly description: PackageMember | null;
};

type ManifestReading =
  | { readonly kind: "read"; readonly updates: readonly ManifestUpdate[] }
  | { readonly kind: "not_understood"; readonly reason: IgnoredMember }
  | RefusedPackage;

export function isManifest(path: string): boolean {
  return fileNameOf(pathKey(path)) === MANIFEST_NAME;
}

/** Reads one `updateInfo.xml` and finds the images of its updates. */
export function readManifest(
  manifest: PackageMember,
  index: MemberIndex,
  vocabulary: Vocabulary,
): ManifestReading {
  if (hasNameProblem(manifest)) {
    return notUnderstood(manifest, toNameCode(manifest.nameProblem));
  }
  if (manifest.text === undefined) {
    const undecoded = ignoreUndecoded(manifest);
    return undecoded === null
      ? notUnderstood(manifest, "no_text")
      : { kind: "not_understood", reason: undecoded };
  }
  const tree = readXmlTree(manifest.text);
  if (tree.kind === "refused") {
    return tree.reason === "document_type"
      ? refusePackage("refused_description", { path: manifest.path, problem: tree.problem })
      : notUnderstood(manifest, "no_xml");
  }
  const records = readRecords(tree.root);
  if (isExcessive(records)) {
    return refusePackage("refused_description", {
      path: manifest.path,
      problem: `it describes more than ${MAX_UPDATES} updates or ${MAX_FILE_NAMES} files.`,
    });
  }
  return records.length === 0
    ? notUnderstood(manifest, "no_fields")
    : resolveRecords(records, manifest, { index, vocabulary });
}

function notUnderstood({ path }: PackageMember, code: IgnoredCode): ManifestReading {
  return { kind: "not_understood", reason: ignoreMember(path, code) };
}

function isExcessive(records: readonly UpdateRecord[]): boolean {
  const fileNames = records.reduce((total, { files }) => total + files.length, 0);
  return records.length > MAX_UPDATES || fileNames > MAX_FILE_NAMES;
}

type Surroundings = { readonly index: MemberIndex; readonly vocabulary: Vocabulary };

function resolveRecords(
  records: readonly UpdateRecord[],
  manifest: PackageMember,
  { index, vocabulary }: Surroundings,
): ManifestReading {
  const folder = folderOf(manifest.path);
  const updates: ManifestUpdate[] = [];
  for (const record of records) {
    const search = { index, folder, known: record.known };
    const refusal =
      refuseUnusableField(record, manifest) ?? refuseMissingFile(record, manifest, search);
    if (refusal !== null) {
      return refusal;
    }
    updates.push(...toUpdates(record, search, vocabulary));
  }
  return { kind: "read", updates };
}

function refuseUnusableField(
  { known }: UpdateRecord,
  manifest: PackageMember,
): RefusedPackage | null {
  const field = DESCRIBED_FIELDS.find(
    (name) => known[name] !== null && !isUsableField(known[name]),
  );
  return field === undefined
    ? null
    : refusePackage("unusable_field", {
        path: manifest.path,
        problem: `it gives “${toShownName(known[field] ?? "")}” as ${field}; allowed are ${FIELD_RULE}.`,
      });
}

function refuseMissingFile(
  { files }: UpdateRecord,
  manifest: PackageMember,
  search: MemberSearch,
): RefusedPackage | null {
  // A value without a role may not be a file name, such as a product called "Phone v2.1".
  const missing = files.find(
    ({ name, role }) => role !== null && findNamedMembers(name, search).length === 0,
  );
  return missing === undefined
    ? null
    : refusePackage("missing_file", {
        path: manifest.path,
        problem: `it names “${toShownName(missing.name)}”, which is not in the package.`,
      });
}

/** No update if the image of the record is ambiguous: such images wait for details. */
function toUpdates(
  record: UpdateRecord,
  search: MemberSearch,
  vocabulary: Vocabulary,
): readonly ManifestUpdate[] {
  const named = record.files.filter(({ role }) => role === "image" || role === null);
  const images = named.map(({ name }) => findNamedMembers(name, search));
  const found = images.flatMap((candidates) => (candidates.length === 1 ? candidates : []));
  const isUnnamed = images.every((candidates) => candidates.length === 0);
  const meant = isUnnamed ? onlyImage(search) : found;
  return meant.map((image) => ({
    image,
    known: toKnownOfOne(resolveType(record, image, vocabulary), meant.length),
    disputed: record.disputed,
    signature: findNamed("signature", record.files, search),
    description: findNamed("description", record.files, search),
  }));
}

function onlyImage({ index, folder, known }: MemberSearch): readonly PackageMember[] {
  const images = index.members.filter((member) => roleOf(member.path) === "image");
  const best = bestByFolders(nearest(images, folder), known);
  return best.length === 1 ? best : [];
}

/** Drops the update type when there are several images: they cannot share one. */
function toKnownOfOne(known: KnownDetails, imageCount: number): KnownDetails {
  return imageCount === 1 ? known : { ...known, updateType: null };
}

function findNamed(
  role: NamedFile["role"],
  files: readonly NamedFile[],
  search: MemberSearch,
): PackageMember | null {
  const named = files.filter((file) => file.role === role);
  const [member, ...others] = named.flatMap(({ name }) => findNamedMembers(name, search));
  return member === undefined || others.length > 0 ? null : member;
}
