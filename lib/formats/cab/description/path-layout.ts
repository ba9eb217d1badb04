import {
  findVersionIn,
  isUsableField,
  looksLikeVersion,
} from "#formats/cab/description/field-rules";
import { CONTAINER_EXTENSIONS } from "#formats/cab/description/aliases";
import { baseNameOf, extensionOf } from "#formats/cab/description/member-paths";
import { DESCRIBED_FIELDS } from "#formats/cab/description/model";
import type { KnownDetails, PackageMember } from "#formats/cab/description/model";

export const NOTHING_KNOWN: KnownDetails = {
  deviceType: null,
  brand: null,
  model: null,
  revision: null,
  locale: null,
  version: null,
  updateType: null,
};

/**
 * Reads the fields of an image from its folders, if they follow the layout of the original's store:
 * `…/<DeviceType>/<Brand>/<Model>/<Revision>/<Locale>/<Version>[/<UpdateType>]/<file>`. A version at its
 * position identifies the layout; any other path gives no fields.
 */
export function readPathLayout(image: PlacedFile): KnownDetails {
  const folders = foldersIn(image);
  const withType = folders.slice(-7);
  if (withType.length === 7 && looksLikeVersion(withType[5] ?? "")) {
    return toKnown(withType);
  }
  const withoutType = folders.slice(-6);
  return withoutType.length === 6 && looksLikeVersion(withoutType[5] ?? "")
    ? toKnown(withoutType)
    : NOTHING_KNOWN;
}

type PlacedFile = Pick<PackageMember, "path" | "containers">;

/** The folders of a path without containers: `CPE.cab` in `…/4.0.7577.4463/CPE.cab/CPE.nbt` is not a folder. */
function foldersIn({ path, containers = [] }: PlacedFile): readonly string[] {
  const containerPlaces = new Set(containers.map((container) => container.split("/").length - 1));
  return path
    .split("/")
    .slice(0, -1)
    .filter(
      (part, place) => !CONTAINER_EXTENSIONS.has(extensionOf(part)) && !containerPlaces.has(place),
    );
}

function toKnown(folders: readonly string[]): KnownDetails {
  if (!folders.every(isUsableField)) {
    return NOTHING_KNOWN;
  }
  const [deviceType, brand, model, revision, locale, version, updateType] = folders;
  return {
    deviceType: deviceType ?? null,
    brand: brand ?? null,
    model: model ?? null,
    revision: revision ?? null,
    locale: locale ?? null,
    version: version ?? null,
    updateType: updateType ?? null,
  };
}

/** A version anywhere in the path: an initial value for the form, too uncertain to use without confirmation. */
export function guessVersion(image: PlacedFile): string | null {
  const folder = foldersIn(image).findLast(looksLikeVersion);
  return folder ?? findVersionIn(baseNameOf(image.path));
}

/** The name of the image without its version, which would create a rule for every version. */
export function guessUpdateType(path: string): string | null {
  const baseName = baseNameOf(path);
  const version = findVersionIn(baseName);
  const at = version === null ? -1 : baseName.indexOf(version);
  const before = at === -1 ? baseName : withoutVersionMark(baseName.slice(0, at));
  return isUsableField(before) ? before : null;
}

/** Turns `T46S-66.86.0.15` into `T46S`, and `sip_v5.4.0` into `sip`. */
function withoutVersionMark(text: string): string {
  let end = text.length;
  if (/^[vV]$/.test(text.slice(end - 1)) && (end === 1 || /[-_. ]/.test(text.charAt(end - 2)))) {
    end -= 1;
  }
  while (end > 0 && /[-_. ]/.test(text.charAt(end - 1))) {
    end -= 1;
  }
  return text.slice(0, end);
}

/** Keeps known fields and takes the others from the other source. */
export function completeWith(known: KnownDetails, other: KnownDetails): KnownDetails {
  return {
    deviceType: known.deviceType ?? other.deviceType,
    brand: known.brand ?? other.brand,
    model: known.model ?? other.model,
    revision: known.revision ?? other.revision,
    locale: known.locale ?? other.locale,
    version: known.version ?? other.version,
    updateType: known.updateType ?? other.updateType,
  };
}

export function isSameKnowledge(left: KnownDetails, right: KnownDetails): boolean {
  return DESCRIBED_FIELDS.every((field) => left[field] === right[field]);
}
