import { toBodyText } from "#phones/captures/body-text";
import { hexdump } from "#phones/captures/hexdump";
import type { ExactElement } from "#formats/xml/exact-xml";
import { readExactXml } from "#formats/xml/exact-xml";
import { isNestedDeeper } from "#foundation/core/json";
import { escapeXml } from "#formats/xml/escape-xml";

/** A body formatted for reading. */
export type PrettyBody = {
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
