const CALL_OPCODE = 0xe8;
const UNTRANSLATED_TAIL_BYTES = 10;
const OPERAND_BYTES = 4;

/**
 * Undoes the translation of x86 call targets in one frame, in place. The encoder replaced the relative operand
 * after every `E8` byte with an absolute one, up to a stated size, so that calls to one target have equal bytes.
 */
export function translateCalls(
  frame: Uint8Array,
  frameOffset: number,
  translationBytes: number,
): void {
  const end = frame.length - UNTRANSLATED_TAIL_BYTES;
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  let at = frame.indexOf(CALL_OPCODE);
  while (at !== -1 && at < end) {
    const absolute = view.getInt32(at + 1, true);
    const position = frameOffset + at;
    if (absolute >= -position && absolute < translationBytes) {
      const relative = absolute >= 0 ? absolute - position : absolute + translationBytes;
      view.setInt32(at + 1, relative, true);
    }
    // The operand is always skipped, also when it is not changed: it may contain an E8 byte.
    at = frame.indexOf(CALL_OPCODE, at + 1 + OPERAND_BYTES);
  }
}
