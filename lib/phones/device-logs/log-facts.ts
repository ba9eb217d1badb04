import { readSerialNumber } from "#foundation/core/identifying";
import { readMacAddress } from "#foundation/core/mac-address";
import { toComparableName } from "#formats/xml/xml-tree";
import type { XmlElement } from "#formats/xml/xml-tree";
import { MAX_TEXT_CHARS } from "#formats/protocol/check-request";
import type { Asker } from "#formats/protocol/find-asker";
import { UNKNOWN_ASKER } from "#formats/protocol/find-asker";
import { LYNC_DEVICE_NAMES } from "#formats/protocol/lync-aliases";

/** The fields of an upload by normalised name. The first value of a name is kept. */
export type LogFields = ReadonlyMap<string, string>;

export type LogFacts = {
  readonly macAddress: string | null;
  readonly serialNumber: string | null;
  readonly deviceType: string;
  readonly brand: string;
  readonly model: string;
  readonly userName: string | null;
  /** In the phone's spelling; empty if the phone does not send it. */
  readonly logType: string;
  readonly givenName: string;
};

/** The real field names are not documented, so they are a list of candidates, like those of checks. */
const TYPE_NAMES = ["logtype", "type", "logfiletype", "category"] as const;
const FILE_NAMES = ["filename", "file", "logfilename", "logname", "name"] as const;
/** Elements that can contain the log, in base64. */
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

const MAX_FILE_NAME_CHARACTERS = 255;
const MAX_FIELD_CHARACTERS = 1024;
const DEFAULT_DEVICE_TYPE = "UCPhone";

export function toLogFacts(fields: LogFields): LogFacts {
  return {
    macAddress: readMacAddress(pick(fields, LYNC_DEVICE_NAMES.macAddress)),
    serialNumber: readSerialNumber(short(pick(fields, LYNC_DEVICE_NAMES.serialNumber))),
    // In an upload, `type` is the type of the log.
    deviceType: short(pick(fields, ["devicetype"])) || DEFAULT_DEVICE_TYPE,
    brand: short(pick(fields, LYNC_DEVICE_NAMES.brand)),
    model: short(pick(fields, LYNC_DEVICE_NAMES.model)),
    userName: short(pick(fields, LYNC_DEVICE_NAMES.user)) || null,
    logType: short(pick(fields, TYPE_NAMES)),
    givenName: plain(pick(fields, FILE_NAMES)).slice(0, MAX_FILE_NAME_CHARACTERS),
  };
}

/** The sender of a refused upload, as far as its fields identify it. */
export function toLogSender(fields: LogFields): Asker {
  const { macAddress, serialNumber, deviceType, brand, model, userName } = toLogFacts(fields);
  return {
    hardware: { ...UNKNOWN_ASKER.hardware, deviceType, brand, model },
    macAddress,
    serialNumber,
    user: userName,
    installed: [],
  };
}

/** Adds the fields of a list of pairs, such as a query. */
export function addPairs(
  fields: Map<string, string>,
  pairs: Iterable<readonly [string, string]>,
): void {
  for (const [name, value] of pairs) {
    add(fields, name, value);
  }
}

/** Adds the text values of JSON, at any depth. */
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

/** Adds the elements and attributes of XML, at any depth. The log itself exceeds the limit of a field and is skipped. */
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

/** The text with the content of a log: the longest text in an element with a name for content. Null if there is none. */
export function findContent(element: XmlElement): string | null {
  const texts = element.children.map(findContent);
  const own =
    element.children.length === 0 && CONTENT_NAMES.has(element.name) ? element.text : null;
  return [own, ...texts].reduce(
    (longest, text) => (text !== null && text.length > (longest?.length ?? 0) ? text : longest),
    null,
  );
}

/** Whether a text is base64. White space, as XML writers insert it, is allowed. */
export function isBase64(text: string): boolean {
  const bare = text.replaceAll(/\s+/g, "");
  return bare.length > 0 && bare.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(bare);
}

function add(fields: Map<string, string>, name: string, value: string): void {
  const key = toComparableName(name);
  if (value !== "" && value.length <= MAX_FIELD_CHARACTERS && !fields.has(key)) {
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
