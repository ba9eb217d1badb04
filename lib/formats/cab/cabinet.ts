import { BlockReader } from "#formats/cab/block-reader";
import { CabError } from "#formats/cab/cab-error";
import { FRAME_BYTES } from "#formats/cab/compression";
import type { Compression } from "#formats/cab/compression";
import { readHeader } from "#formats/cab/header";
import type { CabHeader } from "#formats/cab/header";
import type { ImportBudget } from "#formats/cab/import-budget";
import type { NameProblem } from "#formats/cab/member-name";
import type { CabSource } from "#formats/cab/source";
import { readTables } from "#formats/cab/tables";
import type { CabTables, FileEntry, FolderEntry } from "#formats/cab/tables";

export type CabFolder = {
  readonly index: number;
  readonly dataOffset: number;
  readonly endOffset: number;
  readonly blockCount: number;
  readonly compression: Compression;
  readonly unpackedBytes: number;
  /** Sorted by offset; empty entries by the offset that they declare. */
  readonly files: readonly FileEntry[];
};

/** Whether two entries are the same bytes of a folder, as WiX stores duplicates. */
export function isSameRange(
  left: Pick<FileEntry, "folderOffset" | "sizeBytes">,
  right: Pick<FileEntry, "folderOffset" | "sizeBytes">,
): boolean {
  return left.folderOffset === right.folderOffset && left.sizeBytes === right.sizeBytes;
}

/** A cabinet whose headers and tables are all checked; its data is not read yet. */
export type Cabinet = {
  readonly name: string;
  readonly source: CabSource;
  readonly dataReserveBytes: number;
  readonly folders: readonly CabFolder[];
  /** The size that its header states. The source may go on behind it. */
  readonly sizeBytes: number;
  /** Disk space for the entries; entries that share the same bytes count once. */
  readonly fileBytes: number;
};

export type CabinetInput = {
  readonly source: CabSource;
  /** The cabinet's name in error messages. */
  readonly name: string;
  /** Prefix of each entry's path: empty, or the path of the inner cabinet and a slash. */
  readonly directory: string;
  /** What is wrong with the name of the cabinet itself; null when it is valid. */
  readonly directoryProblem: NameProblem | null;
  /** Paths of the cabinets around the entries, the outermost first. */
  readonly containers: readonly string[];
  readonly budget: ImportBudget;
  /** Called for each data block, to show that the work makes progress. */
  readonly onBlock: () => void;
};

/** Checks the header, the tables and the header of every data block before any data is unpacked. */
export function openCabinet(input: CabinetInput): Cabinet {
  const { source, name, budget } = input;
  const header = readHeader(source, name, budget.limits);
  const tables = readTables({
    source,
    cabinetName: name,
    directory: input.directory,
    directoryProblem: input.directoryProblem,
    containers: input.containers,
    header,
    limits: budget.limits,
  });
  refuseImpossibleRanges(tables);
  const folders = measureFolders(input, header, tables);
  refuseUnsoundRanges(folders);
  budget.charge(name, {
    entries: tables.files.length,
    outputBytes: sum(folders.map(({ unpackedBytes }) => unpackedBytes)) + sharedBytes(folders),
  });
  return {
    name,
    source,
    dataReserveBytes: header.dataReserveBytes,
    sizeBytes: header.sizeBytes,
    folders,
    fileBytes: sum(
      folders.flatMap(({ files }) => withoutShared(files).map(({ sizeBytes }) => sizeBytes)),
    ),
  };
}

/** Runs before the walk over all blocks, because it is cheap. */
function refuseImpossibleRanges({ folders, files }: CabTables): void {
  for (const file of files) {
    const blockCount = folders[file.folderIndex]?.blockCount ?? 0;
    if (file.sizeBytes > 0 && file.folderOffset + file.sizeBytes > blockCount * FRAME_BYTES) {
      throw rangeError(file);
    }
  }
}

function measureFolders(
  input: CabinetInput,
  header: CabHeader,
  { folders, files, endOffset }: CabTables,
): CabFolder[] {
  const inDataOrder = folders
    .filter(({ blockCount }) => blockCount > 0)
    .toSorted((left, right) => left.dataOffset - right.dataOffset);
  const first = inDataOrder[0];
  if (first !== undefined && first.dataOffset < endOffset) {
    throw new CabError("format", {
      entry: input.name,
      problem: "the data of a folder overlaps the tables of the cabinet.",
    });
  }
  const limitOf = new Map(
    inDataOrder.map((folder, place) => [
      folder.index,
      inDataOrder[place + 1]?.dataOffset ?? header.sizeBytes,
    ]),
  );
  return folders.map((folder) => {
    const measured = measureFolder(input, folder, {
      reserveBytes: header.dataReserveBytes,
      endOffset: limitOf.get(folder.index) ?? header.sizeBytes,
    });
    return { ...folder, ...measured, files: filesOfFolder(files, folder.index) };
  });
}

function measureFolder(
  { source, name, onBlock }: CabinetInput,
  folder: FolderEntry,
  { reserveBytes, endOffset }: { reserveBytes: number; endOffset: number },
): { unpackedBytes: number; endOffset: number } {
  const { index, blockCount, compression, dataOffset } = folder;
  const blocks = new BlockReader(
    source,
    { cabinetName: name, folderIndex: index, blockCount, compression, endOffset },
    { dataOffset, reserveBytes },
  );
  let unpackedBytes = 0;
  for (let block = 0; block < blockCount; block += 1) {
    unpackedBytes += blocks.skipBlock().unpackedBytes;
    onBlock();
  }
  return { unpackedBytes, endOffset: blocks.offset };
}

function filesOfFolder(files: readonly FileEntry[], folderIndex: number): FileEntry[] {
  return files
    .filter((file) => file.folderIndex === folderIndex)
    .toSorted(
      (left, right) => left.folderOffset - right.folderOffset || left.sizeBytes - right.sizeBytes,
    );
}

function refuseUnsoundRanges(folders: readonly CabFolder[]): void {
  for (const { files, unpackedBytes } of folders) {
    let end = 0;
    for (const file of withoutShared(files)) {
      if (file.folderOffset < end) {
        throw new CabError("format", {
          entry: file.path,
          problem: "the entry overlaps another entry of its folder.",
        });
      }
      end = file.folderOffset + file.sizeBytes;
      if (end > unpackedBytes) {
        throw rangeError(file);
      }
    }
  }
}

/** The entries with content; of entries that share the same bytes only the first. */
function withoutShared(files: readonly FileEntry[]): readonly FileEntry[] {
  const filled = files.filter(({ sizeBytes }) => sizeBytes > 0);
  return filled.filter((file, place) => {
    const earlier = filled[place - 1];
    return earlier === undefined || !isSameRange(earlier, file);
  });
}

/** Total size of the entries that repeat the bytes of another: many names for the same bytes are also a bomb. */
function sharedBytes(folders: readonly CabFolder[]): number {
  return sum(
    folders.map(
      ({ files }) =>
        sum(files.map(({ sizeBytes }) => sizeBytes)) -
        sum(withoutShared(files).map(({ sizeBytes }) => sizeBytes)),
    ),
  );
}

function rangeError(file: FileEntry): CabError {
  return new CabError("format", {
    entry: file.path,
    problem: "the entry reaches beyond the data of its folder.",
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
