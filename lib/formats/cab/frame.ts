/** What every compressed block but a folder's last unpacks to, and what no block exceeds. */
export const FRAME_BYTES = 32_768;

/** The longest packed block: a frame and what LZX may add where it cannot compress. */
export const LONGEST_BLOCK_BYTES = FRAME_BYTES + 6144;
