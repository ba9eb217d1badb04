import { findVersionIn, isUsableField, looksLikeVersion } from "#lib/cab/description/field-rules";
import { baseNameOf } from "#lib/cab/description/member-paths";
import { DESCRIBED_FIELDS } from "#lib/cab/description/model";
import type { KnownDetails } from "#lib/cab/description/model";

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
 * What the folders of an image say when they follow the layout of the original's store,
 * `…/<DeviceType>/<Brand>/<Model>/<Revision>/<Locale>/<Version>[/<UpdateType>]/<file>`. A version in its
 * place is what such a path is known by; any other path says nothing.
 */
export function readPathLayout(path: string): KnownDetails {
  const folders = path.split("/").slice(0, -1);
  const withType = folders.slice(-7);
  if (withType.length === 7 && looksLikeVersion(withType[5] ?? "")) {
    return toKnown(withType);
  }
  const withoutType = folders.slice(-6);
  return withoutType.length === 6 && looksLikeVersion(withoutType[5] ?? "")
    ? toKnown(withoutType)
    : NOTHING_KNOWN;
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

/** A version that stands somewhere in the path. Good enough to put into a form, not to act upon. */
export function guessVersion(path: string): string | null {
  const folder = path.split("/").slice(0, -1).findLast(looksLikeVersion);
  return folder ?? findVersionIn(baseNameOf(path));
}

/** What is known already stays; the rest is taken from the other source. */
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
