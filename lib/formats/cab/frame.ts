/** Unpacked size of every compressed block except the last of a folder, and the maximum for every block. */
export const FRAME_BYTES = 32_768;

/** Maximum size of a packed block: a frame plus what LZX may add to data that it cannot compress. */
export const MAX_BLOCK_BYTES = FRAME_BYTES + 6144;
