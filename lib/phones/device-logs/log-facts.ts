import { readSerialNumber } from "#foundation/core/identifying";
import { readMacAddress } from "#foundation/core/mac-address";
import { toComparableName } from "#formats/xml/xml-tree";
import type { XmlElement } from "#formats/xml/xml-tree";
import { MAX_TEXT_CHARS } from "#formats/protocol/check-request";
import type { Asker } from "#formats/protocol/find-asker";
import { UNKNOWN_ASKER } from "#formats/protocol/find-asker";
import { LYNC_DEVICE_NAMES } from "#formats/protocol/lync-aliases";

/** What an upload says about itself, by comparable names; the first to say something stands. */
export type LogFields = ReadonlyMap<string, string>;

export type LogFacts = {
  readonly macAddress: string | null;
  readonly serialNumber: string | null;
  readonly deviceType: string;
  readonly brand: string;
  readonly model: string;
  readonly userName: string | null;
  /** As the phone spells it; empty where it says nothing. */
  readonly logType: string;
  readonly givenName: string;
};

/** The real names are documented nowhere, so they are data, as those of checks are. */
const TYPE_NAMES = ["logtype", "type", "logfiletype", "category"] as const;
const FILE_NAMES = ["filename", "file", "logfilename", "logname", "name"] as const;
/** Elements under which the bytes may stand, in base64. */
const CONTENT_NAMES: ReadonlySet<string> = new Set([
  "content",
  "data",
  "filecontent",
  "filedata",
  "logcontent",
  "logdata",
  "logfile",
  "log",
  "base64",
  "body",
]);

const LONGEST_FILE_NAME = 255;
const LONGEST_FIELD = 1024;
const DEFAULT_DEVICE_TYPE = "UCPhone";

export function toLogFacts(fields: LogFields): LogFacts {
  return {
    macAddress: readMacAddress(pick(fields, LYNC_DEVICE_NAMES.macAddress)),
    serialNumber: readSerialNumber(short(pick(fields, LYNC_DEVICE_NAMES.serialNumber))),
    // `type` means the log's here.
    deviceType: short(pick(fields, ["devicetype"])) || DEFAULT_DEVICE_TYPE,
    brand: short(pick(fields, LYNC_DEVICE_NAMES.brand)),
    model: short(pick(fields, LYNC_DEVICE_NAMES.model)),
    userName: short(pick(fields, LYNC_DEVICE_NAMES.user)) || null,
    logType: short(pick(fields, TYPE_NAMES)),
    givenName: plain(pick(fields, FILE_NAMES)).slice(0, LONGEST_FILE_NAME),
  };
}

/** Who sent an upload that was refused, as far as it said. */
export function toAskerOfLog(fields: LogFields): Asker {
  const { macAddress, serialNumber, deviceType, brand, model, userName } = toLogFacts(fields);
  return {
    hardware: { ...UNKNOWN_ASKER.hardware, deviceType, brand, model },
    macAddress,
    serialNumber,
    user: userName,
    installed: [],
  };
}

/** Adds what a list of pairs says, such as a query. */
export function addPairs(
  fields: Map<string, string>,
  pairs: Iterable<readonly [string, string]>,
): void {
  for (const [name, value] of pairs) {
    add(fields, name, value);
  }
}

/** Adds what JSON says, at any depth. */
export function addJson(fields: Map<string, string>, value: unknown): void {
  if (typeof value !== "object" || value === null) {
    return;
  }
  for (const [name, member] of Object.entries(value)) {
    if (typeof member === "string") {
      add(fields, name, member);
    } else {
      addJson(fields, member);
    }
  }
}

/** Adds what XML says, in elements or attributes, at any depth; the bytes of a log are no field. */
export function addXml(fields: Map<string, string>, element: XmlElement): void {
  if (element.children.length === 0) {
    add(fields, element.name, element.text);
  }
  addPairs(
    fields,
    element.attributes.map(({ name, value }) => [name, value] as const),
  );
  for (const child of element.children) {
    addXml(fields, child);
  }
}

/** The text that holds the bytes of a log: the longest that stands under a name for it. Null where there is none. */
export function findContent(element: XmlElement): string | null {
  const texts = element.children.map(findContent);
  const own =
    element.children.length === 0 && CONTENT_NAMES.has(element.name) ? element.text : null;
  return [own, ...texts].reduce(
    (longest, text) => (text !== null && text.length > (longest?.length ?? 0) ? text : longest),
    null,
  );
}

/** The bytes of base64, with white space as XML writers leave it; null where it is something else. */
export function isBase64(text: string): boolean {
  const bare = text.replaceAll(/\s+/g, "");
  return bare.length > 0 && bare.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(bare);
}

function add(fields: Map<string, string>, name: string, value: string): void {
  const key = toComparableName(name);
  if (value !== "" && value.length <= LONGEST_FIELD && !fields.has(key)) {
    fields.set(key, value.trim());
  }
}

function pick(fields: LogFields, names: readonly string[]): string {
  const name = names.find((candidate) => fields.has(candidate));
  return name === undefined ? "" : (fields.get(name) ?? "");
}

function short(text: string): string {
  return plain(text).slice(0, MAX_TEXT_CHARS);
}

function plain(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, "")
    .trim();
}
