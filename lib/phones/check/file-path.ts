import type { Hardware } from "#foundation/core/hardware";

/** The path of a download: `DeviceType/Brand/Model/Revision/Locale/Version/UpdateType/FileName`. */
export type FilePath = {
  readonly hardware: Hardware;
  readonly version: string;
  readonly updateType: string;
  readonly fileName: string;
};

const SEGMENTS = 8;

/**
 * Interim firmware has a path of its own, `OCInterim/<locale>/<file>` (device-protocol.md, 2.2). It is stored as
 * firmware of this device type.
 */
const INTERIM_DEVICE_TYPE = "ocinterim";
const INTERIM_SEGMENTS = 3;

/** The path below a files root, each segment percent-encoded. */
export function toFilePath(path: FilePath): string {
  return toSegments(path).map(encodeURIComponent).join("/");
}

/** The lookup key of a path: decoded and in lower case, because phones do not keep the case of paths. */
export function toFileKey(path: FilePath): string {
  return toSegments(path).join("/").toLowerCase();
}

/**
 * The key of a requested path, or null if the path cannot name a file. The key is only looked up among the files that
 * rules offer; it is never joined to a directory.
 */
export function parseFilePath(encodedPath: string): string | null {
  const segments = encodedPath.split("/").map(decodeSegment);
  const isPlain = segments.every((segment) => segment !== null && isPlainName(segment));
  const key = segments.join("/").toLowerCase();
  const isKnownLayout =
    segments.length === SEGMENTS ||
    (segments.length === INTERIM_SEGMENTS && key.startsWith(`${INTERIM_DEVICE_TYPE}/`));
  return isPlain && isKnownLayout ? key : null;
}

/** The additional short key of a file of interim firmware; null for all other files. */
export function toInterimKey({
  hardware,
  fileName,
}: Pick<FilePath, "hardware" | "fileName">): string | null {
  return hardware.deviceType.toLowerCase() === INTERIM_DEVICE_TYPE
    ? [INTERIM_DEVICE_TYPE, hardware.locale, fileName].join("/").toLowerCase()
    : null;
}

function toSegments({ hardware, version, updateType, fileName }: FilePath): readonly string[] {
  const { deviceType, brand, model, revision, locale } = hardware;
  return [deviceType, brand, model, revision, locale, version, updateType, fileName];
}

function decodeSegment(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

/** A name without separators, control characters or relative parts. */
function isPlainName(segment: string): boolean {
  return segment !== "" && segment !== "." && segment !== ".." && !/[/\\\p{Cc}]/u.test(segment);
}
