import { randomUUID } from "node:crypto";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { withDiskFullExplained } from "#formats/cab/cab-error";
import { DEFAULT_CAB_LIMITS } from "#formats/cab/limits";
import type { CabLimits } from "#formats/cab/limits";
import { PartFlusher } from "#formats/cab/part-flusher";
import { publishParts, removeParts } from "#formats/cab/staging";
import type { UnpackProgress, UnreadPart } from "#formats/cab/unpack-job";
import { runUnpackWorker } from "#formats/cab/unpack-thread";
import type { UnpackedMember } from "#formats/cab/unpacked-member";

export type UnpackInput = {
  /** A cabinet or an executable that contains one. */
  readonly path: string;
  /** The file's name in error messages; its base name by default. */
  readonly name?: string;
  /** Must exist. A killed process may leave `*.part` files here; nothing refers to them. */
  readonly stagingDirectory: string;
  readonly limits?: Partial<CabLimits>;
  /** Size of the upload when the cabinet comes from an archive: the base of the ratio. */
  readonly uploadBytes?: number;
  readonly onProgress?: (progress: UnpackProgress) => void;
  readonly signal?: AbortSignal;
};

export type UnpackedCabinet = {
  readonly members: readonly UnpackedMember[];
  /** What follows the end of a cabinet in its file, and is not read. */
  readonly unread: readonly UnreadPart[];
  /** Number of data blocks without a checksum: allowed, but not verified. */
  readonly unverifiedBlocks: number;
};

/**
 * Unpacks a cabinet and every cabinet in it into the staging directory, in a worker thread. The thread is
 * stopped when the signal aborts, when it makes no progress, and at the deadline.
 *
 * Throws a `CabError` for every problem with the file, and the signal's reason when aborted. After a failure no
 * written file remains.
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
    const { parts, ...findings } = await runUnpackWorker(
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
    return { members: await publishParts(stagingDirectory, parts, signal), ...findings };
  } catch (error) {
    await flusher.stop();
    await removeParts(stagingDirectory, partPrefix);
    throw withDiskFullExplained(error, name);
  }
}
