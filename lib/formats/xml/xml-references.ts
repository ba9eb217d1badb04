/** The five entities XML 1.0 (4.6) predefines; without a document type there are no others. */
const PREDEFINED_ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

const LARGEST_CODE_POINT = 0x10ffff;

/** Replaces character and predefined entity references; throws on any other, which makes a document malformed. */
export function decodeXmlReferences(text: string): string {
  return text.replace(/&([^;&\s]{0,16});?/g, (reference: string, name: string) => {
    const decoded = reference.endsWith(";") ? decodeReference(name) : null;
    if (decoded === null) {
      throw new SyntaxError("A reference stands for nothing.");
    }
    return decoded;
  });
}

function decodeReference(name: string): string | null {
  const digits = /^#(?:x([0-9a-f]{1,6})|([0-9]{1,7}))$/i.exec(name);
  if (digits === null) {
    return PREDEFINED_ENTITIES.get(name) ?? null;
  }
  const [, hex, decimal] = digits;
  const codePoint = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return codePoint > LARGEST_CODE_POINT ? null : String.fromCodePoint(codePoint);
}
