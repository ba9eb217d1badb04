const CALL_OPCODE = 0xe8;
const UNTRANSLATED_TAIL_BYTES = 10;
const OPERAND_BYTES = 4;

/**
 * Undoes the translation of x86 call targets in one frame, in place. The encoder made the operand of
 * every `E8` byte absolute, up to a size it states, so that calls to one target look alike.
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
    // The operand is passed over, also where it was left alone: it may hold an E8 of its own.
    at = frame.indexOf(CALL_OPCODE, at + 1 + OPERAND_BYTES);
  }
}
