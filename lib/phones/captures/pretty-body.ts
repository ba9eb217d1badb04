import { escapeXml } from "#formats/xml/escape-xml";
import { readExactXml } from "#formats/xml/exact-xml";
import type { ExactElement } from "#formats/xml/exact-xml";
import { isNestedDeeper } from "#foundation/core/json";
import { toBodyText } from "#phones/captures/body-text";

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

/** A body formatted for reading. */
type PrettyBody = {
  readonly kind: "empty" | "xml" | "json" | "text" | "binary";
  readonly text: string;
};

export function prettyBody(bytes: Uint8Array): PrettyBody {
  if (bytes.length === 0) {
    return { kind: "empty", text: "" };
  }
  const { encoding, text } = toBodyText(bytes);
  if (encoding === "binary") {
    return { kind: "binary", text: hexdump(bytes) };
  }
  return prettyJson(text) ?? prettyXml(text) ?? { kind: "text", text };
}

/** Indentation grows with each level, so a body of only brackets would become a thousand times larger. */
const MAX_SHOWN_NESTING = 64;

function prettyJson(text: string): PrettyBody | null {
  if (isNestedDeeper(text, MAX_SHOWN_NESTING)) {
    return null;
  }
  try {
    const value: unknown = JSON.parse(text);
    return { kind: "json", text: JSON.stringify(value, null, 2) };
  } catch {
    // It is not JSON.
    return null;
  }
}

function prettyXml(text: string): PrettyBody | null {
  const reading = readExactXml(text);
  return reading.kind === "read"
    ? { kind: "xml", text: toLines(reading.root, "").join("\n") }
    : null;
}

function toLines({ name, attributes, content }: ExactElement, indent: string): readonly string[] {
  const said = attributes.map((attribute) => ` ${attribute.name}="${escapeXml(attribute.value)}"`);
  const head = `${indent}<${name}${said.join("")}`;
  const [only] = content;
  if (only === undefined) {
    return [`${head}/>`];
  }
  if (content.length === 1 && typeof only === "string") {
    return [`${head}>${escapeXml(only)}</${name}>`];
  }
  const inner = `${indent}  `;
  const lines = content.flatMap((part) =>
    typeof part === "string" ? [inner + escapeXml(part)] : toLines(part, inner),
  );
  return [`${head}>`, ...lines, `${indent}</${name}>`];
}
