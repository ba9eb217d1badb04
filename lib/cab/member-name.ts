const LONGEST_NAME_BYTES = 255;
const MOST_PARTS = 8;

/** `name` separates its parts with `/`; a refusal says why, and shows the name as far as it can be read. */
export type MemberName =
  | { readonly isAccepted: true; readonly name: string }
  | { readonly isAccepted: false; readonly name: string; readonly problem: string };

/**
 * Reads an entry's name. Names are metadata only and never used as a path here, but they are shown,
 * compared and exported, so one that any system could misread is refused.
 */
export function parseMemberName(bytes: Uint8Array, isUtf8: boolean): MemberName {
  const decoded = isUtf8 ? decodeUtf8(bytes) : decodeAscii(bytes);
  if (decoded === null) {
    const encoding = isUtf8 ? "UTF-8" : "ASCII";
    return refuse(Buffer.from(bytes).toString("latin1"), `the name is not valid ${encoding}.`);
  }
  const problem = findNameProblem(decoded, bytes.length);
  return problem === null
    ? { isAccepted: true, name: decoded.replaceAll("\\", "/") }
    : refuse(decoded, problem);
}

/** Two names with the same key are the same file to some system that may receive them. */
export function toNameKey(name: string): string {
  return name.normalize("NFC").toLowerCase().normalize("NFC");
}

function refuse(name: string, problem: string): MemberName {
  return { isAccepted: false, name, problem };
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function decodeAscii(bytes: Uint8Array): string | null {
  return bytes.every((byte) => byte < 0x80) ? Buffer.from(bytes).toString("latin1") : null;
}

function findNameProblem(name: string, lengthBytes: number): string | null {
  if (lengthBytes === 0 || lengthBytes > LONGEST_NAME_BYTES) {
    return `the name is not 1 to ${LONGEST_NAME_BYTES} bytes long.`;
  }
  if (/\p{Cc}/u.test(name)) {
    return "the name contains a control character.";
  }
  if (/^[\\/]/.test(name) || /^[a-z]:/i.test(name)) {
    return "the name is an absolute path.";
  }
  if (/[<>:"|?*]/.test(name)) {
    return `the name contains one of < > : " | ? *.`;
  }
  const parts = name.split(/[\\/]/);
  if (parts.length > MOST_PARTS) {
    return `the name has more than ${MOST_PARTS} parts.`;
  }
  return parts.map(findPartProblem).find((problem) => problem !== null) ?? null;
}

function findPartProblem(part: string): string | null {
  if (part === "..") {
    return "the name leads out of the cabinet with “..”.";
  }
  if (part === "" || part === ".") {
    return "the name has an empty part.";
  }
  if (/[. ]$/.test(part)) {
    return "a part of the name ends with a dot or a space.";
  }
  return isDeviceName(part) ? "the name is reserved for a device on Windows." : null;
}

/** `NUL`, `nul.txt` and `COM1 .log` all open the device; the superscript digits count as digits. */
function isDeviceName(part: string): boolean {
  const stem = part.replace(/\..*$/s, "").trimEnd();
  return /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])$/i.test(stem);
}
