import { ByteCursor } from "#lib/cab/byte-cursor";
import { CabError } from "#lib/cab/cab-error";
import { parseCompression } from "#lib/cab/compression";
import type { Compression } from "#lib/cab/compression";
import type { CabHeader } from "#lib/cab/header";
import type { CabLimits } from "#lib/cab/limits";
import { toLocalDateTime } from "#lib/cab/local-date-time";
import type { LocalDateTime } from "#lib/cab/local-date-time";
import { parseMemberName, toNameKey } from "#lib/cab/member-name";
import type { CabSource } from "#lib/cab/source";

const LONGEST_NAME_BYTES = 255;
const ATTRIBUTE_UTF8 = 0x80;
const ATTRIBUTE_DIRECTORY = 0x10;
// Read-only, hidden, system, archive, execute, UTF-8 name.
const KNOWN_ATTRIBUTES = 0x01 | 0x02 | 0x04 | 0x20 | 0x40 | ATTRIBUTE_UTF8;
const FIRST_CONTINUED_FOLDER = 0xfffd;

export type FolderEntry = {
  readonly index: number;
  readonly dataOffset: number;
  readonly blockCount: number;
  readonly compression: Compression;
};

export type FileEntry = {
  /** Parts separated with `/`; the names of the cabinets it lies in are its first parts. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Where it begins in the unpacked folder. */
  readonly folderOffset: number;
  readonly folderIndex: number;
  readonly modifiedAt: LocalDateTime | null;
};

export type CabTables = {
  readonly folders: readonly FolderEntry[];
  readonly files: readonly FileEntry[];
  /** Where the tables end and data may begin. */
  readonly endOffset: number;
};

export type TableInput = {
  readonly source: CabSource;
  /** What messages about the cabinet itself name. */
  readonly cabinetName: string;
  /** What stands before the name of each entry: empty, or the inner cabinet's path and a slash. */
  readonly directory: string;
  readonly header: CabHeader;
  readonly limits: CabLimits;
};

/** Reads and checks the folder table and the file table; no data is looked at. */
export function readTables(input: TableInput): CabTables {
  const { source, cabinetName, header } = input;
  const endOffset = header.sizeBytes;
  const folderCursor = new ByteCursor(source, {
    cabinetName,
    offset: header.foldersOffset,
    endOffset,
  });
  const folders = Array.from({ length: header.folderCount }, (_, index) =>
    readFolder(folderCursor, index, input),
  );
  if (folderCursor.offset > header.filesOffset) {
    throw formatError(cabinetName, "the file table overlaps the folder table.");
  }

  const fileCursor = new ByteCursor(source, { cabinetName, offset: header.filesOffset, endOffset });
  const files = Array.from({ length: header.fileCount }, () => readFile(fileCursor, input));
  refuseDuplicates(files);
  return { folders, files, endOffset: fileCursor.offset };
}

function readFolder(cursor: ByteCursor, index: number, input: TableInput): FolderEntry {
  const dataOffset = cursor.u32();
  const blockCount = cursor.u16();
  const compression = parseCompression(cursor.u16());
  cursor.bytes(input.header.folderReserveBytes);
  if ("problem" in compression) {
    throw new CabError("unsupported", { entry: input.cabinetName, problem: compression.problem });
  }
  return { index, dataOffset, blockCount, compression };
}

function readFile(cursor: ByteCursor, input: TableInput): FileEntry {
  const { header, limits } = input;
  const sizeBytes = cursor.u32();
  const folderOffset = cursor.u32();
  const folderIndex = cursor.u16();
  const date = cursor.u16();
  const time = cursor.u16();
  const attributes = cursor.u16();
  const path = readPath(cursor, input, (attributes & ATTRIBUTE_UTF8) !== 0);

  if ((attributes & ATTRIBUTE_DIRECTORY) !== 0) {
    throw formatError(path, "the entry is marked as a directory, which a cabinet cannot hold.");
  }
  if ((attributes & ~KNOWN_ATTRIBUTES) !== 0) {
    throw formatError(path, "the entry has unknown attributes.");
  }
  refuseFolderIndex(path, folderIndex, header.folderCount);
  if (sizeBytes > limits.bytesPerFile) {
    throw new CabError("limit", {
      entry: path,
      problem: `the entry unpacks to more than ${limits.bytesPerFile} bytes.`,
    });
  }
  return { path, sizeBytes, folderOffset, folderIndex, modifiedAt: toLocalDateTime(date, time) };
}

function readPath(
  cursor: ByteCursor,
  { cabinetName, directory }: TableInput,
  isUtf8: boolean,
): string {
  const bytes = cursor.zeroTerminated(LONGEST_NAME_BYTES);
  if (bytes === null) {
    throw formatError(
      cabinetName,
      `the name of an entry is longer than ${LONGEST_NAME_BYTES} bytes.`,
    );
  }
  const parsed = parseMemberName(bytes, isUtf8);
  if (!parsed.isAccepted) {
    throw formatError(directory + parsed.name, parsed.problem);
  }
  return directory + parsed.name;
}

function refuseFolderIndex(path: string, folderIndex: number, folderCount: number): void {
  if (folderIndex >= FIRST_CONTINUED_FOLDER) {
    throw new CabError("unsupported", {
      entry: path,
      problem: "the entry continues in another cabinet; cabinet sets are not supported.",
    });
  }
  if (folderIndex >= folderCount) {
    throw formatError(path, "the entry lies in a folder that the cabinet does not have.");
  }
}

function refuseDuplicates(files: readonly FileEntry[]): void {
  const seen = new Set<string>();
  for (const { path } of files) {
    const key = toNameKey(path);
    if (seen.has(key)) {
      throw formatError(path, "the cabinet holds this entry twice.");
    }
    seen.add(key);
  }
}

function formatError(entry: string, problem: string): CabError {
  return new CabError("format", { entry, problem });
}
