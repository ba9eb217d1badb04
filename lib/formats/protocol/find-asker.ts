import { readMacAddress } from "#foundation/core/mac-address";
import { toComparableName } from "#formats/xml/xml-tree";
import type { CheckRequest, InstalledModule } from "#formats/protocol/check-request";
import { updateTypeOfFile } from "#formats/protocol/check-request";
import { cutText } from "#formats/protocol/cut-text";
import { LYNC_DEVICE_NAMES, LYNC_MODULE_NAMES } from "#formats/protocol/lync-aliases";

/** The sender of a refused request, as far as the request states it. */
export type Asker = Pick<
  CheckRequest,
  "hardware" | "macAddress" | "serialNumber" | "user" | "installed"
>;

export const UNKNOWN_ASKER: Asker = {
  hardware: { deviceType: "", brand: "", model: "", revision: "", locale: "" },
  macAddress: null,
  serialNumber: null,
  user: null,
  installed: [],
};

/** Phones state their identity at the beginning; scanning the rest of a large body is not worth the time. */
export const MAX_SCANNED_CHARACTERS = 16 * 1024;
const MAX_FOUND_MODULES = 8;

/** Pairs of a name and a text or number in JSON that may be incomplete. Linear time: every part is bounded. */
const JSON_PAIR = /"([\w-]{1,32})"\s{0,8}:\s{0,8}(?:"((?:[^"\\]|\\.){0,256})|(\d{1,64}))/g;
const XML_DECLARATION = /^[\uFEFF\s]{0,16}<\?xml[^<>]{0,256}>/;
/** Elements with a text, and attributes, in XML that may not be well-formed. */
const XML_ELEMENT = /<([\w.:-]{1,64})(?:\s[^<>]{0,256})?>([^<>]{1,256})/g;
const XML_ATTRIBUTE = /(?<![\w.:-])([\w.:-]{1,64})\s{0,8}=\s{0,8}["']([^"'<>]{1,256})/g;
const XML_REFERENCES: readonly (readonly [string, string])[] = [
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
  ["&apos;", "'"],
  ["&amp;", "&"],
];

/**
 * Finds the sender in the body of a refused check. The body may be malformed, truncated, or in neither JSON nor XML: the
 * function searches for the names that phones use. The result must not be used for authorization. Never throws.
 */
export function findAsker(body: string): Asker {
  // Removed because the XML declaration also has a version.
  const text = body.slice(0, MAX_SCANNED_CHARACTERS).replace(XML_DECLARATION, "");
  const fields = [...findJsonFields(text), ...findXmlFields(text)];
  return fields.length === 0 ? UNKNOWN_ASKER : toAsker(fields);
}

type Field = readonly [name: string, value: string];

function findJsonFields(text: string): readonly Field[] {
  return [...text.matchAll(JSON_PAIR)].map(([, name = "", quoted, digits = ""]) => [
    toComparableName(name),
    quoted === undefined ? digits : unescapeJson(quoted),
  ]);
}

function unescapeJson(quoted: string): string {
  if (!quoted.includes("\\")) {
    return quoted;
  }
  try {
    return String(JSON.parse(`"${quoted}"`));
  } catch {
    // The text ends in the middle of an escape; the unescaped text still identifies the sender.
    return quoted;
  }
}

function findXmlFields(text: string): readonly Field[] {
  const matches = [...text.matchAll(XML_ELEMENT), ...text.matchAll(XML_ATTRIBUTE)];
  return matches
    .toSorted((left, right) => left.index - right.index)
    .map(([, name = "", value = ""]) => [toComparableName(name), unescapeXml(value)]);
}

function unescapeXml(value: string): string {
  return value.includes("&")
    ? XML_REFERENCES.reduce((text, [reference, sign]) => text.replaceAll(reference, sign), value)
    : value;
}

function toAsker(fields: readonly Field[]): Asker {
  const pick = (names: readonly string[]): string => {
    for (const name of names) {
      const found = fields.find((field) => field[0] === name && field[1].trim() !== "");
      if (found !== undefined) {
        return cutText(found[1]);
      }
    }
    return "";
  };
  return {
    hardware: {
      deviceType: pick(LYNC_DEVICE_NAMES.deviceType),
      brand: pick(LYNC_DEVICE_NAMES.brand),
      model: pick(LYNC_DEVICE_NAMES.model),
      revision: pick(LYNC_DEVICE_NAMES.revision),
      locale: pick(LYNC_DEVICE_NAMES.locale),
    },
    macAddress: readMacAddress(pick(LYNC_DEVICE_NAMES.macAddress)),
    serialNumber: pick(LYNC_DEVICE_NAMES.serialNumber) || null,
    user: pick(LYNC_DEVICE_NAMES.user) || null,
    installed: toModules(fields),
  };
}

type ModuleField = keyof typeof LYNC_MODULE_NAMES;

const MODULE_FIELDS: ReadonlyMap<string, ModuleField> = new Map([
  ...LYNC_MODULE_NAMES.fileName.map((name) => [name, "fileName"] as const),
  ...LYNC_MODULE_NAMES.version.map((name) => [name, "version"] as const),
  ...LYNC_MODULE_NAMES.timestamp.map((name) => [name, "timestamp"] as const),
  ...LYNC_MODULE_NAMES.updateType.map((name) => [name, "updateType"] as const),
]);

/** A repeated name begins the next module. */
function toModules(fields: readonly Field[]): readonly InstalledModule[] {
  const modules: Partial<Record<ModuleField, string>>[] = [];
  for (const [name, value] of fields) {
    const field = MODULE_FIELDS.get(name);
    if (field !== undefined) {
      const last = modules.at(-1);
      if (last === undefined || last[field] !== undefined) {
        modules.push({ [field]: cutText(value) });
      } else {
        last[field] = cutText(value);
      }
    }
  }
  return modules.slice(0, MAX_FOUND_MODULES).flatMap(toModule);
}

/** Drops a module without a name, because it cannot be identified. */
function toModule({
  updateType = "",
  fileName = "",
  version = "",
  timestamp = "",
}: Partial<Record<ModuleField, string>>): readonly InstalledModule[] {
  const type = updateType || updateTypeOfFile(fileName);
  return type === "" ? [] : [{ updateType: type, fileName, version, timestamp: timestamp || null }];
}
