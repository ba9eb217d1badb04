/** The fields of CFHEADER that a test can set to wrong values. */
export type HeaderFields = {
  readonly signature: string;
  readonly reserved1: number;
  readonly sizeBytes: number;
  readonly reserved2: number;
  readonly filesOffset: number;
  readonly reserved3: number;
  readonly versionMinor: number;
  readonly versionMajor: number;
  readonly folderCount: number;
  readonly fileCount: number;
  readonly flags: number;
  readonly setId: number;
  readonly cabinetIndex: number;
  /** Replaces the true length of the reserved area in the header. */
  readonly headerReserve: number;
};

/** The fields that are derived from the content. */
export type CabStructures = Pick<
  HeaderFields,
  "sizeBytes" | "filesOffset" | "folderCount" | "fileCount"
>;

type Reserve = { readonly header?: number; readonly folder?: number; readonly data?: number };

const RESERVED_BYTE = 0xa5;
const FLAG_RESERVE = 4;

const DEFAULT_HEADER: HeaderFields = {
  signature: "MSCF",
  reserved1: 0,
  sizeBytes: 0,
  reserved2: 0,
  filesOffset: 0,
  reserved3: 0,
  versionMinor: 3,
  versionMajor: 1,
  folderCount: 0,
  fileCount: 0,
  flags: 0,
  setId: 0,
  cabinetIndex: 0,
  headerReserve: 0,
};

export function packHeader(
  fields: Partial<HeaderFields>,
  reserve: Reserve | undefined,
): Uint8Array {
  const flags = reserve === undefined ? 0 : FLAG_RESERVE;
  const all: HeaderFields = { ...DEFAULT_HEADER, flags, ...fields };
  const header = Buffer.alloc(36);
  header.write(all.signature, 0, "latin1");
  header.writeUInt32LE(all.reserved1, 4);
  header.writeUInt32LE(all.sizeBytes, 8);
  header.writeUInt32LE(all.reserved2, 12);
  header.writeUInt32LE(all.filesOffset, 16);
  header.writeUInt32LE(all.reserved3, 20);
  header.writeUInt8(all.versionMinor, 24);
  header.writeUInt8(all.versionMajor, 25);
  header.writeUInt16LE(all.folderCount, 26);
  header.writeUInt16LE(all.fileCount, 28);
  header.writeUInt16LE(all.flags, 30);
  header.writeUInt16LE(all.setId, 32);
  header.writeUInt16LE(all.cabinetIndex, 34);
  return reserve === undefined ? header : Buffer.concat([header, packReserve(reserve, fields)]);
}

function packReserve(reserve: Reserve, fields: Partial<HeaderFields>): Uint8Array {
  const area = Buffer.alloc(4 + (reserve.header ?? 0), RESERVED_BYTE);
  area.writeUInt16LE(fields.headerReserve ?? reserve.header ?? 0, 0);
  area.writeUInt8(reserve.folder ?? 0, 2);
  area.writeUInt8(reserve.data ?? 0, 3);
  return area;
}

export function packFolder(
  fields: { dataOffset: number; blockCount: number; typeCompress: number },
  reserveBytes: number,
): Uint8Array {
  const folder = Buffer.alloc(8 + reserveBytes, RESERVED_BYTE);
  folder.writeUInt32LE(fields.dataOffset, 0);
  folder.writeUInt16LE(fields.blockCount, 4);
  folder.writeUInt16LE(fields.typeCompress, 6);
  return folder;
}

export function packFile(fields: {
  sizeBytes: number;
  folderOffset: number;
  folderIndex: number;
  date: number;
  time: number;
  attributes: number;
  name: Uint8Array;
}): Uint8Array {
  const entry = Buffer.alloc(16);
  entry.writeUInt32LE(fields.sizeBytes, 0);
  entry.writeUInt32LE(fields.folderOffset, 4);
  entry.writeUInt16LE(fields.folderIndex, 8);
  entry.writeUInt16LE(fields.date, 10);
  entry.writeUInt16LE(fields.time, 12);
  entry.writeUInt16LE(fields.attributes, 14);
  return Buffer.concat([entry, fields.name, Uint8Array.of(0)]);
}

export function packBlock(fields: {
  checksum: number;
  sizes: Uint8Array;
  reserved: Uint8Array;
  data: Uint8Array;
}): Uint8Array {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(fields.checksum, 0);
  return Buffer.concat([checksum, fields.sizes, fields.reserved, fields.data]);
}
