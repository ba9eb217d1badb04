/** The five predefined entities of XML 1.0 (4.6); without a document type there are no others. */
const PREDEFINED_ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

const MAX_CODE_POINT = 0x10ffff;

/** Decodes character references and predefined entities; throws on any other reference, which is malformed. */
export function decodeXmlReferences(text: string): string {
  return text.replace(/&([^;&\s]{0,16});?/g, (reference: string, name: string) => {
    const decoded = reference.endsWith(";") ? decodeReference(name) : null;
    if (decoded === null) {
      throw new SyntaxError("Undefined reference.");
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
  return codePoint > MAX_CODE_POINT ? null : String.fromCodePoint(codePoint);
}
