import { isUsableField } from "#formats/cab/description/field-rules";
import {
  fileNameOf,
  findCompanion,
  folderOf,
  groupByPath,
  pathKey,
} from "#formats/cab/description/member-paths";
import { DESCRIBED_FIELDS } from "#formats/cab/description/model";
import type { DescribedField, KnownDetails, PackageMember } from "#formats/cab/description/model";
import { NOTHING_KNOWN } from "#formats/cab/description/path-layout";
import { isManifest } from "#formats/cab/description/read-manifest";
import { readRecords } from "#formats/cab/description/read-records";
import type { UpdateRecord } from "#formats/cab/description/read-records";
import { readXmlTree } from "#formats/xml/xml-tree";

type Sidecar = { readonly member: PackageMember; readonly known: KnownDetails };

/** With more candidates than this, it is unclear which one is about an image. */
const MAX_SIDECARS = 16;

export type SidecarReader = (image: PackageMember) => Sidecar | null;

/**
 * Finds the description next to an image: the `.xml` of the same name, otherwise the only one in its folder that
 * gives any field. A description that names other files is not about this image. Unusable values are
 * left to the administrator, because such a file may have another purpose.
 */
export function createSidecarReader(members: readonly PackageMember[]): SidecarReader {
  const documents = members.filter(({ path, text }) => text !== undefined && !isManifest(path));
  const byPath = groupByPath(documents);
  const byFolder = Map.groupBy(documents, ({ path }) => pathKey(folderOf(path)));
  // Each document is parsed once for all the images next to it.
  const recordsByPath = new Map<string, readonly UpdateRecord[]>();

  function recordsOf(member: PackageMember): readonly UpdateRecord[] {
    const records = recordsByPath.get(member.path) ?? parseRecords(member);
    recordsByPath.set(member.path, records);
    return records;
  }

  return (image) => {
    const inSameFolder = byFolder.get(pathKey(folderOf(image.path))) ?? [];
    const own = findCompanion(image, "xml", byPath);
    const candidates = own === null ? inSameFolder : [own];
    const [sidecar, ...others] =
      candidates.length > MAX_SIDECARS
        ? []
        : candidates.flatMap((member) => readAbout(image, { member, records: recordsOf(member) }));
    return sidecar === undefined || others.length > 0 ? null : sidecar;
  };
}

function parseRecords({ text }: PackageMember): readonly UpdateRecord[] {
  const tree = text === undefined ? null : readXmlTree(text);
  return tree?.kind === "read" ? readRecords(tree.root) : [];
}

type ParsedDocument = {
  readonly member: PackageMember;
  readonly records: readonly UpdateRecord[];
};

function readAbout(image: PackageMember, { member, records }: ParsedDocument): readonly Sidecar[] {
  const [record, ...others] = records.filter((candidate) => isAbout(candidate, image));
  return record === undefined || others.length > 0
    ? []
    : [{ member, known: usablePart(record.known) }];
}

function isAbout({ files, known }: UpdateRecord, image: PackageMember): boolean {
  const images = files.filter(({ role }) => role === "image");
  return (
    DESCRIBED_FIELDS.some((field) => known[field] !== null) &&
    (images.length === 0 ||
      images.some(
        ({ name }) =>
          pathKey(fileNameOf(name.replaceAll("\\", "/"))) === pathKey(fileNameOf(image.path)),
      ))
  );
}

function usablePart(known: KnownDetails): KnownDetails {
  const usable = (field: DescribedField): string | null =>
    known[field] !== null && isUsableField(known[field]) ? known[field] : null;
  return DESCRIBED_FIELDS.reduce<KnownDetails>(
    (part, field) => ({ ...part, [field]: usable(field) }),
    NOTHING_KNOWN,
  );
}
