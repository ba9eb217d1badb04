import { crc32, deflateRawSync } from "node:zlib";

export type ZipEntrySpec = {
  readonly name: string;
  readonly data: Uint8Array;
  /** General purpose flags; 1 marks an entry as encrypted. */
  readonly flags?: number;
  /** The size that the headers declare; default: the length of `data`. */
  readonly sizeBytes?: number;
  /** Data that is already compressed. */
  readonly deflated?: Uint8Array;
};

/** Writes a ZIP archive for tests, with deflated entries and without extensions. */
export function aZip(entries: readonly ZipEntrySpec[]): Buffer<ArrayBuffer> {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, flags = 0, sizeBytes = data.length, deflated } of entries) {
    const packed = Buffer.from(deflated ?? deflateRawSync(data));
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(flags, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(sizeBytes, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = [Buffer.from("PK\x03\x04", "latin1"), fields, Buffer.from(name), packed];
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), fields, place, Buffer.from(name));
    locals.push(...local);
    offset += local.reduce((sum, part) => sum + part.length, 0);
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, central, Buffer.from("PK\x05\x06", "latin1"), end]);
}
