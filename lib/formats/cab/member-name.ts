const MAX_NAME_BYTES = 255;

/** Control characters and characters that change the text direction. */
const INVISIBLE = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Why phones cannot download a file of this name. */
export const NAME_PROBLEMS = [
  "length",
  "encoding",
  "control_character",
  "absolute",
  "reserved_character",
  "outside",
  "empty_part",
  "trailing_dot_or_space",
  "device",
  "directory",
  "too_many_parts",
  "repeated",
] as const;
export type NameProblem = (typeof NAME_PROBLEMS)[number];

const SENTENCES = {
  length: `its name is not 1 to ${MAX_NAME_BYTES} bytes long.`,
  encoding: "its name is not valid UTF-8; it is shown as Windows-1252.",
  control_character:
    "its name contains a control character or one that changes the direction of text.",
  absolute: "its name is an absolute path.",
  reserved_character: `its name contains one of < > : " | ? *.`,
  outside: "its name leads out of the cabinet with “..”.",
  empty_part: "its name has an empty part.",
  trailing_dot_or_space: "a part of its name ends with a dot or a space.",
  device: "its name is reserved for a device on Windows.",
  directory: "it is marked as a directory, which a cabinet cannot hold.",
  too_many_parts: "its path has more parts than MAX_PATH_PARTS allows.",
  repeated: "the package holds this name more than once.",
} as const satisfies Record<NameProblem, string>;

/** The problem in English, to print after the quoted name: starts in lower case, ends with a full stop. */
export function nameProblemText(problem: NameProblem): string {
  return SENTENCES[problem];
}

/** `name` separates its parts with `/` and is safe to show. */
export type MemberName = { readonly name: string; readonly problem: NameProblem | null };

/**
 * Reads the name of an entry. Names are metadata and never used as a path on disk. A bad name does not refuse the
 * cabinet: the entry carries the problem, and only an update that uses the entry is refused.
 */
export function parseMemberName(bytes: Uint8Array, maxParts: number): MemberName {
  // Many archivers store UTF-8 without setting the UTF-8 attribute, so the bytes decide, not the attribute.
  const utf8 = decodeUtf8(bytes);
  const name = dropLeadingDots((utf8 ?? decodeWindows1252(bytes)).replaceAll("\\", "/"));
  return {
    name: name.replace(INVISIBLE, "\uFFFD"),
    problem: utf8 === null ? "encoding" : findNameProblem(name, { bytes: bytes.length, maxParts }),
  };
}

/** Names with the same key are the same file on some file systems. */
export function toNameKey(name: string): string {
  return name.normalize("NFC").toLowerCase().normalize("NFC");
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function decodeWindows1252(bytes: Uint8Array): string {
  return new TextDecoder("windows-1252").decode(bytes);
}

/** Removes leading `.` parts, which mean nothing: `gcab -c x.cab ./a` stores `.\a`. */
function dropLeadingDots(name: string): string {
  let start = 0;
  while (name.startsWith("./", start)) {
    start += 2;
  }
  return name.slice(start);
}

function findNameProblem(
  name: string,
  { bytes, maxParts }: { readonly bytes: number; readonly maxParts: number },
): NameProblem | null {
  if (bytes === 0 || bytes > MAX_NAME_BYTES) {
    return "length";
  }
  const parts = name.split("/");
  return (
    findCharacterProblem(name) ??
    parts.map(findPartProblem).find((problem) => problem !== null) ??
    (parts.length > maxParts ? "too_many_parts" : null)
  );
}

function findCharacterProblem(name: string): NameProblem | null {
  if (name.search(INVISIBLE) !== -1) {
    return "control_character";
  }
  if (name.startsWith("/") || /^[a-z]:/i.test(name)) {
    return "absolute";
  }
  return /[<>:"|?*]/.test(name) ? "reserved_character" : null;
}

function findPartProblem(part: string): NameProblem | null {
  if (part === "..") {
    return "outside";
  }
  if (part === "" || part === ".") {
    return "empty_part";
  }
  if (/[. ]$/.test(part)) {
    return "trailing_dot_or_space";
  }
  return isDeviceName(part) ? "device" : null;
}

/** On Windows `NUL`, `nul.txt` and `COM1 .log` all open the device; superscript digits count as digits. */
function isDeviceName(part: string): boolean {
  const stem = part.replace(/\..*$/s, "").trimEnd();
  return /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])$/i.test(stem);
}
