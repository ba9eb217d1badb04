import { randomUUID } from "node:crypto";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { withDiskFullExplained } from "#formats/cab/disk-full";
import { DEFAULT_CAB_LIMITS } from "#formats/cab/limits";
import type { CabLimits } from "#formats/cab/limits";
import { PartFlusher } from "#formats/cab/part-flusher";
import { publishParts, removeParts } from "#formats/cab/staging";
import type { UnpackProgress } from "#formats/cab/unpack-job";
import { runUnpackWorker } from "#formats/cab/unpack-thread";
import type { UnpackedMember } from "#formats/cab/unpacked-member";

export type UnpackInput = {
  /** A cabinet, or an executable that contains one. */
  readonly path: string;
  /** What messages about the file name; its base name unless told. */
  readonly name?: string;
  /** Must exist. On a killed process `*.part` files may stay here; nothing refers to them. */
  readonly stagingDirectory: string;
  readonly limits?: Partial<CabLimits>;
  /** Bytes of the upload, where the cabinet came out of an archive: the ratio is measured against it. */
  readonly uploadBytes?: number;
  readonly onProgress?: (progress: UnpackProgress) => void;
  readonly signal?: AbortSignal;
};

export type UnpackedCabinet = {
  readonly members: readonly UnpackedMember[];
  /** Data blocks that carry no checksum: allowed, but nothing vouches for them. */
  readonly unverifiedBlocks: number;
};

/**
 * Unpacks a cabinet, with every cabinet in it, into the staging directory. It happens in a thread of
 * its own that is stopped when asked to, when it stalls and when it takes too long.
 *
 * Throws a `CabError` for everything that is wrong with the file, the signal's reason when aborted;
 * whatever is thrown, nothing that was written stays behind.
 */
export async function unpackCabinet(input: UnpackInput): Promise<UnpackedCabinet> {
  const { path, stagingDirectory, signal } = input;
  signal?.throwIfAborted();
  const limits = { ...DEFAULT_CAB_LIMITS, ...input.limits };
  const { size } = await stat(path);
  const name = input.name ?? basename(path);
  const partPrefix = `${randomUUID()}-`;
  const flusher = new PartFlusher();
  try {
    const { parts, unverifiedBlocks } = await runUnpackWorker(
      { path, name, stagingDirectory, partPrefix, limits, uploadBytes: input.uploadBytes ?? size },
      {
        deadlineMs: limits.totalMs + (size / limits.inputBytesPerSecond) * 1000,
        onProgress: input.onProgress,
        onPart: (partPath) => {
          flusher.add(partPath);
        },
        signal,
      },
    );
    await flusher.finish();
    return { members: await publishParts(stagingDirectory, parts, signal), unverifiedBlocks };
  } catch (error) {
    await flusher.stop();
    await removeParts(stagingDirectory, partPrefix);
    throw withDiskFullExplained(error, name);
  }
}
