import { readCsvRecords, toCsvCell, toCsvRecord } from "#foundation/core/csv";
import { toInstantText } from "#foundation/core/time";
import type { Hardware } from "#foundation/core/hardware";
import { memoizeByObject } from "#foundation/core/memoize";

/**
 * A line of the original's audit of update requests (device-protocol.md, 3.3): commas between columns, `;` in a
 * module, `#` between modules. A cell that a spreadsheet would run as a formula starts with an apostrophe.
 */
export type AuditLine = {
  /** Written with a resolution of one second. */
  readonly at: Date;
  readonly address: string;
  readonly hardware: Hardware;
  readonly macAddress: string;
  readonly serialNumber: string;
  readonly requested: readonly RequestedAuditModule[];
  /** Empty when nothing was offered. */
  readonly offered: readonly OfferedAuditModule[];
  readonly userName: string;
  /** Why the check was refused. The original has no such column; lines of answered checks omit it. */
  readonly refusal?: string;
};

export type RequestedAuditModule = {
  readonly fileName: string;
  readonly version: string;
  readonly timestamp: string;
};

export type OfferedAuditModule = RequestedAuditModule & { readonly signatureFileName: string };

/**
 * Column names of the original's files (admin-model.md, 8.3). Published readers look for exactly this spelling of the
 * first one.
 */
export const AUDIT_COLUMNS = [
  "Logging DateTime",
  "User Host Address",
  "Device Type",
  "MAC Address",
  "Serial Number",
  "Vendor",
  "Model",
  "Revision",
  "Locale",
  "Request Modules",
  "Response Modules",
  "User ID",
] as const;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** Writes the line without a line break. */
export function toAuditLine(line: AuditLine): string {
  const { at, address, hardware, macAddress, serialNumber, userName } = line;
  const { deviceType, others } = hardwareCells(hardware);
  const modules = `${requestedCell(line.requested)},${offeredCell(line.offered)}`;
  return (
    `${toInstantText(at).slice(0, "YYYY-MM-DDTHH:MM:SS".length)}Z,${toCsvCell(address)},` +
    `${deviceType},${toCsvCell(macAddress)},${toCsvCell(serialNumber)},${others},` +
    `${modules},${toCsvCell(userName)}` +
    (line.refusal === undefined ? "" : `,${toCsvCell(line.refusal)}`)
  );
}

/** Memoized: phones of one kind share the object, and after a power cut thousands of them check. */
const hardwareCells = memoizeByObject(
  ({ deviceType, brand, model, revision, locale }: Hardware) => ({
    deviceType: toCsvCell(deviceType),
    others: toCsvRecord([brand, model, revision, locale]),
  }),
);
const requestedCell = memoizeByObject((modules: AuditLine["requested"]) =>
  toCsvCell(
    modules
      .map(({ fileName, version, timestamp }) => joinFields([fileName, version, timestamp]))
      .join("#"),
  ),
);
const offeredCell = memoizeByObject((modules: AuditLine["offered"]) =>
  toCsvCell(
    modules
      .map(({ fileName, signatureFileName, version, timestamp }) =>
        joinFields([fileName, signatureFileName, version, timestamp]),
      )
      .join("#"),
  ),
);

/** The first line of a file without a line break. */
export function auditHeader(): string {
  return toCsvRecord(AUDIT_COLUMNS);
}

/** Reads the lines of a file. Skips headings and other lines that do not begin with an instant. */
export function readAuditLines(text: string): readonly AuditLine[] {
  return readCsvRecords(text).flatMap(toLine);
}

function toLine(cells: readonly string[]): readonly AuditLine[] {
  const cell = (index: number): string => cells[index] ?? "";
  const at = new Date(cell(0));
  if (!INSTANT.test(cell(0)) || Number.isNaN(at.getTime())) {
    return [];
  }
  return [
    {
      at,
      address: cell(1),
      hardware: {
        deviceType: cell(2),
        brand: cell(5),
        model: cell(6),
        revision: cell(7),
        locale: cell(8),
      },
      macAddress: cell(3),
      serialNumber: cell(4),
      requested: splitModules(cell(9)).map(toRequested),
      offered: splitModules(cell(10)).map(toOffered),
      userName: cell(11),
      ...(cells[12] === undefined ? {} : { refusal: cells[12] }),
    },
  ];
}

function toRequested([fileName = "", version = "", timestamp = ""]: readonly string[]) {
  return { fileName, version, timestamp };
}

function toOffered([fileName = "", signatureFileName = "", ...rest]: readonly string[]) {
  const [version = "", timestamp = ""] = rest;
  return { fileName, signatureFileName, version, timestamp };
}

/** Percent-encodes separators in fields. Real names and versions do not contain them. */
function joinFields(fields: readonly string[]): string {
  return fields.map(encodeField).join(";");
}

function encodeField(field: string): string {
  return /[;#%]/.test(field)
    ? field.replaceAll(/[;#%]/g, (character) =>
        `%${character.charCodeAt(0).toString(16)}`.toUpperCase(),
      )
    : field;
}

function splitModules(cell: string): readonly (readonly string[])[] {
  return cell === "" ? [] : cell.split("#").map((module) => module.split(";").map(decodeField));
}

function decodeField(field: string): string {
  return field.replaceAll(/%(?:25|3B|23)/g, (escaped) => decodeURIComponent(escaped));
}
