const BYTES_PER_LINE = 16;

/** Formats bytes as `00000000  3c 3f 78 …  |<?x…|`, sixteen per line. */
export function hexdump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let offset = 0; offset < bytes.length; offset += BYTES_PER_LINE) {
    lines.push(toLine(offset, bytes.subarray(offset, offset + BYTES_PER_LINE)));
  }
  return lines.join("\n");
}

function toLine(offset: number, bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
  const text = Array.from(bytes, (byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".",
  ).join("");
  const address = offset.toString(16).padStart(8, "0");
  return `${address}  ${hex.padEnd(BYTES_PER_LINE * 3 - 1)}  |${text}|`;
}
