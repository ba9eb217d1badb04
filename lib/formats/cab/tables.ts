import { ByteCursor } from "#formats/cab/byte-cursor";
import { CabError } from "#formats/cab/cab-error";
import { parseCompression } from "#formats/cab/compression";
import type { Compression } from "#formats/cab/compression";
import type { CabHeader } from "#formats/cab/header";
import { limitText } from "#formats/cab/limits";
import type { CabLimits } from "#formats/cab/limits";
import { toLocalDateTime } from "#formats/cab/local-date-time";
import type { LocalDateTime } from "#formats/cab/local-date-time";
import { parseMemberName } from "#formats/cab/member-name";
import type { NameProblem } from "#formats/cab/member-name";
import type { CabSource } from "#formats/cab/source";

/** Longer than the 255 bytes that a usable name has: archivers write long UTF-8 names, and a side file must not refuse the cabinet. */
const MAX_NAME_BYTES = 1_024;
/** All other attributes are ignored: they do not describe the content. */
const ATTRIBUTE_DIRECTORY = 0x10;
const FIRST_CONTINUED_FOLDER = 0xfffd;

export type FolderEntry = {
  readonly index: number;
  readonly dataOffset: number;
  readonly blockCount: number;
  readonly compression: Compression;
};

export type FileEntry = {
  /** Parts separated with `/`; the first ones are the names of the cabinets that contain it. */
  readonly path: string;
  /** Why no update may use the entry; null when its name and the names of the cabinets around it are valid. */
  readonly nameProblem: NameProblem | null;
  /** Paths of the inner cabinets that contain it, the outermost first; without the uploaded cabinet. */
  readonly containers: readonly string[];
  readonly sizeBytes: number;
  /** Offset in the unpacked folder. */
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
  /** The cabinet's name in error messages. */
  readonly cabinetName: string;
  /** Prefix of each entry's name: empty, or the path of the inner cabinet and a slash. */
  readonly directory: string;
  /** What is wrong with the name of the cabinet itself; its entries inherit the problem. */
  readonly directoryProblem: NameProblem | null;
  readonly containers: readonly string[];
  readonly header: CabHeader;
  readonly limits: CabLimits;
};

/** Reads and checks the folder table and the file table; does not read data. */
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
  const { path, nameProblem } = readPath(cursor, input, (attributes & ATTRIBUTE_DIRECTORY) !== 0);
  refuseFolderIndex(path, folderIndex, header.folderCount);
  if (sizeBytes > limits.bytesPerFile) {
    throw new CabError("limit", {
      entry: path,
      problem: `the entry unpacks to more than ${limitText("bytesPerFile", limits)}.`,
    });
  }
  const modifiedAt = toLocalDateTime(date, time);
  const { containers } = input;
  return { path, nameProblem, containers, sizeBytes, folderOffset, folderIndex, modifiedAt };
}

function readPath(
  cursor: ByteCursor,
  { cabinetName, directory, directoryProblem, limits }: TableInput,
  isDirectory: boolean,
): Pick<FileEntry, "path" | "nameProblem"> {
  const bytes = cursor.zeroTerminated(MAX_NAME_BYTES);
  if (bytes === null) {
    throw formatError(cabinetName, `the name of an entry is longer than ${MAX_NAME_BYTES} bytes.`);
  }
  const { name, problem } = parseMemberName(bytes, limits.pathParts);
  const own = problem ?? (isDirectory ? "directory" : null);
  return { path: directory + name, nameProblem: directoryProblem ?? own };
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

function formatError(entry: string, problem: string): CabError {
  return new CabError("format", { entry, problem });
}
