import { readCsvRecords, toCsvCell, toCsvRecord } from "#foundation/core/csv";
import { toInstantText } from "#foundation/core/time";
import type { Hardware } from "#foundation/core/hardware";

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

/** The part of a line that is the same for all phones of one kind. */
export type AuditKind = Pick<AuditLine, "hardware" | "requested" | "offered">;

/** The encoded cells of an `AuditKind`: the device type, and the cells from the vendor to the response modules. */
export type AuditKindCells = { readonly deviceType: string; readonly others: string };

export function toAuditKindCells({ hardware, requested, offered }: AuditKind): AuditKindCells {
  const { deviceType, brand, model, revision, locale } = hardware;
  const modules = [
    requested.map(({ fileName, version, timestamp }) => [fileName, version, timestamp]),
    offered.map(({ fileName, signatureFileName, version, timestamp }) => [
      fileName,
      signatureFileName,
      version,
      timestamp,
    ]),
  ].map((list) => list.map(joinFields).join("#"));
  return {
    deviceType: toCsvCell(deviceType),
    others: toCsvRecord([brand, model, revision, locale, ...modules]),
  };
}

/** Writes the line without a line break. */
export function toAuditLine(
  { at, address, macAddress, serialNumber, userName, refusal }: Omit<AuditLine, keyof AuditKind>,
  { deviceType, others }: AuditKindCells,
): string {
  return (
    `${toInstantText(at).slice(0, "YYYY-MM-DDTHH:MM:SS".length)}Z,${toCsvCell(address)},` +
    `${deviceType},${toCsvCell(macAddress)},${toCsvCell(serialNumber)},${others},` +
    toCsvCell(userName) +
    (refusal === undefined ? "" : `,${toCsvCell(refusal)}`)
  );
}

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
