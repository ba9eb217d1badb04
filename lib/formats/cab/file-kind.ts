import { isCabSignature } from "#formats/cab/header";

/** Enough for every signature: that of a tar archive ends at byte 262. */
export const FILE_KIND_BYTES = 512;

export const FILE_KINDS = [
  "cabinet",
  "executable",
  "zip",
  "seven_zip",
  "rar",
  "gzip",
  "bzip2",
  "xz",
  "tar",
  "installshield",
  "ole",
  "html",
  "xml",
  "pdf",
  "text",
  "empty",
  "unknown",
] as const;
export type FileKind = (typeof FILE_KINDS)[number];

type Signature = { readonly kind: FileKind; readonly at?: number; readonly bytes: string };

/** Signatures as Latin-1, from the specifications of the formats. */
const SIGNATURES: readonly Signature[] = [
  { kind: "executable", bytes: "MZ" },
  { kind: "zip", bytes: "PK\x03\x04" },
  { kind: "zip", bytes: "PK\x05\x06" },
  { kind: "zip", bytes: "PK\x07\x08" },
  { kind: "seven_zip", bytes: "7z\xbc\xaf\x27\x1c" },
  { kind: "rar", bytes: "Rar!\x1a\x07" },
  { kind: "gzip", bytes: "\x1f\x8b" },
  { kind: "bzip2", bytes: "BZh" },
  { kind: "xz", bytes: "\xfd7zXZ\x00" },
  { kind: "installshield", bytes: "ISc(" },
  { kind: "ole", bytes: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" },
  { kind: "pdf", bytes: "%PDF-" },
  { kind: "tar", at: 257, bytes: "ustar" },
];

/** Detects the kind of a file from its first `FILE_KIND_BYTES` bytes, because names are not reliable. */
export function detectFileKind(start: Uint8Array): FileKind {
  if (start.length === 0) {
    return "empty";
  }
  if (isCabSignature(start)) {
    return "cabinet";
  }
  const latin1 = Buffer.from(start.subarray(0, FILE_KIND_BYTES)).toString("latin1");
  const signature = SIGNATURES.find(({ at = 0, bytes }) => latin1.startsWith(bytes, at));
  return signature?.kind ?? detectTextKind(latin1);
}

function detectTextKind(latin1: string): FileKind {
  // Removes the byte order marks of UTF-8 and UTF-16, and the zero bytes of UTF-16 between the letters.
  const text = latin1.replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, "").replaceAll("\0", "");
  const start = text.trimStart().toLowerCase();
  if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
    return "html";
  }
  if (start.startsWith("<?xml") || start.startsWith("<!doctype")) {
    return "xml";
  }
  return /^[\t\n\r\x20-\x7e\xa0-\xff]+$/.test(latin1) ? "text" : "unknown";
}

type Refused = Exclude<FileKind, "cabinet" | "executable">;

const SENTENCES = {
  zip: "the file is a ZIP archive without exactly one cabinet in it. Unpack it and import the cabinet, or the firmware file, by itself.",
  seven_zip: "the file is a 7-Zip archive. Unpack it and import the cabinet in it.",
  rar: "the file is a RAR archive. Unpack it and import the cabinet in it.",
  gzip: "the file is compressed with gzip. Unpack it and import what is in it.",
  bzip2: "the file is compressed with bzip2. Unpack it and import what is in it.",
  xz: "the file is compressed with xz. Unpack it and import what is in it.",
  tar: "the file is a tar archive. Unpack it and import the cabinet in it.",
  installshield:
    "the file is an InstallShield cabinet, which is another format in spite of its name. Run the installer it belongs to, or unpack it with unshield, and import the firmware it holds.",
  ole: "the file is a Windows Installer package or an Office document. Unpack it (msiexec /a) and import the cabinet or firmware in it.",
  html: "the file is a web page, not the package: the download was answered with a page, as for signing in. Download it again with a browser and look at what it shows.",
  xml: "the file is an XML document, not a package. Import the cabinet it belongs to.",
  pdf: "the file is a PDF document, not a package. Import the package it describes.",
  text: "the file is a text, neither a cabinet nor a self-extracting executable. Download the package again.",
  empty: "the file is empty. Download the package again.",
  unknown:
    "the file is neither a cabinet nor a self-extracting executable. Look at what was downloaded, and import the package itself.",
} as const satisfies Record<Refused, string>;

/** Why a file of this kind cannot be imported and what to do: starts in lower case, ends with a full stop. */
export function refusedKindText(kind: Refused): string {
  return SENTENCES[kind];
}
