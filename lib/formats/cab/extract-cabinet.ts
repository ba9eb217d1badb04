import { BlockReader } from "#formats/cab/block-reader";
import type { Block } from "#formats/cab/block-reader";
import { CabError, DecodeError } from "#formats/cab/cab-error";
import type { Cabinet, CabFolder } from "#formats/cab/cabinet";
import { createDecoder } from "#formats/cab/decoder";
import type { BlockDecoder } from "#formats/cab/decoder";
import { FileDelivery } from "#formats/cab/file-delivery";
import type { OpenFile } from "#formats/cab/file-delivery";

export type ExtractOptions = {
  /** Called for each entry in the order of the data. */
  readonly openFile: OpenFile;
  readonly lzxBlocksPerFrame: number;
  /** Called for each data block, to show that the work makes progress. */
  readonly onBlock: () => void;
};

/**
 * Unpacks every entry block by block. Memory use does not depend on the size of the cabinet: one block, one
 * frame and one LZX window.
 */
export function extractCabinet(
  cabinet: Cabinet,
  options: ExtractOptions,
): { unverifiedBlocks: number } {
  let unverifiedBlocks = 0;
  for (const folder of cabinet.folders) {
    unverifiedBlocks += extractFolder(cabinet, folder, options);
  }
  return { unverifiedBlocks };
}

function extractFolder(cabinet: Cabinet, folder: CabFolder, options: ExtractOptions): number {
  const blocks = new BlockReader(
    cabinet.source,
    { cabinetName: cabinet.name, folderIndex: folder.index, ...folder },
    { dataOffset: folder.dataOffset, reserveBytes: cabinet.dataReserveBytes },
  );
  const decoder = createDecoder(folder.compression, options.lzxBlocksPerFrame);
  const delivery = new FileDelivery(folder.files, options.openFile);
  let unverifiedBlocks = 0;
  let unpackedBytes = 0;
  for (let index = 0; index < folder.blockCount; index += 1) {
    const block = blocks.readBlock();
    unpackedBytes += block.unpackedBytes;
    const place = { number: index + 1, entry: delivery.currentPath ?? cabinet.name };
    unverifiedBlocks += block.checksum === "absent" ? 1 : 0;
    delivery.write(decodeBlock(decoder, block, place));
    options.onBlock();
  }
  if (unpackedBytes !== folder.unpackedBytes) {
    const problem = "the file changed while it was read.";
    throw new CabError("format", { entry: cabinet.name, problem });
  }
  return unverifiedBlocks;
}

type BlockPlace = { readonly number: number; readonly entry: string };

function decodeBlock(
  decoder: BlockDecoder,
  block: Block,
  { number, entry }: BlockPlace,
): Uint8Array {
  if (block.checksum === "wrong") {
    throw new CabError("integrity", {
      entry,
      problem: `the checksum of block ${number} does not match; the cabinet is damaged.`,
    });
  }
  try {
    return decoder.decode(block.data, block.unpackedBytes);
  } catch (cause) {
    if (!(cause instanceof DecodeError)) {
      throw cause;
    }
    const problem = `block ${number} cannot be unpacked: ${cause.message}.`;
    throw new CabError("data", { entry, problem, cause });
  }
}
