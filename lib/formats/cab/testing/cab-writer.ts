import { deflateRawSync } from "node:zlib";
import { cabChecksum } from "#formats/cab/checksum";
import { FRAME_BYTES } from "#formats/cab/compression";
import { packBlock, packFile, packFolder, packHeader } from "#formats/cab/testing/cab-structures";
import type { CabStructures, HeaderFields } from "#formats/cab/testing/cab-structures";

/** One entry. Everything but the name and the data has a default; `overrides` may contradict the data. */
export type CabFileSpec = {
  /** Parts separated with `\`. Bytes for a name that is not valid text. */
  readonly name: string | Uint8Array;
  readonly data: Uint8Array | string;
  /** MS-DOS words; 2012-06-05 10:20:30 by default. */
  readonly date?: number;
  readonly time?: number;
  readonly attributes?: number;
  readonly overrides?: {
    readonly sizeBytes?: number;
    readonly folderOffset?: number;
    readonly folderIndex?: number;
  };
};

export type CabBlockSpec = {
  readonly data: Uint8Array;
  readonly unpackedBytes: number;
  /** Computed by default; 0 means no checksum. */
  readonly checksum?: number;
  /** Replaces the length of `data` in the header. */
  readonly dataBytes?: number;
};

export type CabFolderSpec = {
  readonly compression?: "stored" | "mszip";
  readonly files: readonly CabFileSpec[];
  /** Replaces the packed files: blocks from another packer (LZX), or broken on purpose. */
  readonly blocks?: readonly CabBlockSpec[];
  /** Changes blocks after packing. */
  readonly mapBlock?: (block: CabBlockSpec, index: number) => CabBlockSpec;
  readonly overrides?: {
    readonly typeCompress?: number;
    readonly dataOffset?: number;
    readonly blockCount?: number;
  };
};

export type CabSpec = {
  readonly folders: readonly CabFolderSpec[];
  /** Lengths of the reserved areas; they are filled with 0xA5. */
  readonly reserve?: { readonly header?: number; readonly folder?: number; readonly data?: number };
  /** Whether block checksums cover the reserved bytes of the block, or are left out. */
  readonly checksums?: "without_reserve" | "with_reserve" | "none";
  readonly overrides?: Partial<HeaderFields>;
};

/** Writes a cabinet for tests: stored or MSZIP, valid unless the specification makes it invalid. */
export function writeCabinet(spec: CabSpec): Uint8Array<ArrayBuffer> {
  const folders = spec.folders.map((folder) => packBlocks(folder, spec));
  const files = spec.folders.flatMap(packFiles);
  const reserveBytes = spec.reserve?.folder ?? 0;
  const headerBytes = packHeader({}, spec.reserve).length;
  const tableOffset = headerBytes + folders.length * (8 + reserveBytes);
  const dataStart = tableOffset + totalLength(files);
  const structures: CabStructures = {
    sizeBytes: dataStart + totalLength(folders.flat()),
    filesOffset: tableOffset,
    folderCount: folders.length,
    fileCount: files.length,
  };

  let dataOffset = dataStart;
  const folderEntries = folders.map((blocks, index) => {
    const { compression = "stored", overrides = {} } = spec.folders[index] ?? { files: [] };
    const entry = packFolder(
      {
        dataOffset: overrides.dataOffset ?? dataOffset,
        blockCount: overrides.blockCount ?? blocks.length,
        typeCompress: overrides.typeCompress ?? (compression === "mszip" ? 1 : 0),
      },
      reserveBytes,
    );
    dataOffset += totalLength(blocks);
    return entry;
  });
  const header = packHeader({ ...structures, ...spec.overrides }, spec.reserve);
  return new Uint8Array(Buffer.concat([header, ...folderEntries, ...files, ...folders.flat()]));
}

function packBlocks(folder: CabFolderSpec, { reserve, checksums }: CabSpec): Uint8Array[] {
  const blocks = folder.blocks ?? compress(folder);
  const mapped = folder.mapBlock ? blocks.map(folder.mapBlock) : blocks;
  const reserved = new Uint8Array(reserve?.data ?? 0).fill(0xa5);
  return mapped.map((block) => {
    const sizes = Buffer.alloc(4);
    sizes.writeUInt16LE(block.dataBytes ?? block.data.length, 0);
    sizes.writeUInt16LE(block.unpackedBytes, 2);
    const covered = checksums === "with_reserve" ? Buffer.concat([sizes, reserved]) : sizes;
    const computed = checksums === "none" ? 0 : cabChecksum(covered, cabChecksum(block.data));
    return packBlock({ checksum: block.checksum ?? computed, sizes, reserved, data: block.data });
  });
}

function compress({ compression = "stored", files }: CabFolderSpec): CabBlockSpec[] {
  const content = Buffer.concat(files.map(({ data }) => toBytes(data)));
  const blocks: CabBlockSpec[] = [];
  for (let start = 0; start < content.length; start += FRAME_BYTES) {
    const frame = content.subarray(start, start + FRAME_BYTES);
    const previous = content.subarray(Math.max(0, start - FRAME_BYTES), start);
    const data = compression === "mszip" ? packMszipBlock(frame, previous) : frame;
    blocks.push({ data, unpackedBytes: frame.length });
  }
  return blocks;
}

/** One MSZIP block: the signature, then deflate with the previous frame as its dictionary. */
function packMszipBlock(frame: Uint8Array, previous: Uint8Array): Uint8Array {
  const deflated =
    previous.length === 0 ? deflateRawSync(frame) : deflateRawSync(frame, { dictionary: previous });
  return Buffer.concat([Buffer.from("CK"), deflated]);
}

function packFiles({ files }: CabFolderSpec, folderIndex: number): Uint8Array[] {
  let folderOffset = 0;
  return files.map((file) => {
    const { name, date = 0x40c5, time = 0x528f, attributes = 0x20, overrides = {} } = file;
    const sizeBytes = toBytes(file.data).length;
    const entry = packFile({
      sizeBytes: overrides.sizeBytes ?? sizeBytes,
      folderOffset: overrides.folderOffset ?? folderOffset,
      folderIndex: overrides.folderIndex ?? folderIndex,
      date,
      time,
      attributes,
      name: toBytes(name),
    });
    folderOffset += sizeBytes;
    return entry;
  });
}

function toBytes(value: Uint8Array | string): Uint8Array {
  return typeof value === "string" ? Buffer.from(value, "utf8") : value;
}

function totalLength(parts: readonly Uint8Array[]): number {
  return parts.reduce((total, { length }) => total + length, 0);
}
