import { ByteCursor } from "#formats/cab/byte-cursor";
import { CabError, toShownName } from "#formats/cab/cab-error";
import type { CabErrorKind } from "#formats/cab/cab-error";
import { limitText } from "#formats/cab/limits";
import type { CabLimits } from "#formats/cab/limits";
import { parseMemberName } from "#formats/cab/member-name";
import type { CabSource } from "#formats/cab/source";

/** "MSCF": the first four bytes of every cabinet. */
export const CAB_SIGNATURE = Uint8Array.of(0x4d, 0x53, 0x43, 0x46);

const FLAG_PREVIOUS = 1;
const FLAG_NEXT = 2;
const FLAG_RESERVE = 4;
const KNOWN_FLAGS = FLAG_PREVIOUS | FLAG_NEXT | FLAG_RESERVE;
const MAX_HEADER_RESERVE_BYTES = 60_000;
const MAX_SET_NAME_BYTES = 255;

/** The fields of CFHEADER, [MS-CAB] 2.1. */
export type CabHeader = {
  readonly sizeBytes: number;
  readonly filesOffset: number;
  readonly folderCount: number;
  readonly fileCount: number;
  readonly folderReserveBytes: number;
  readonly dataReserveBytes: number;
  /** Where the folder table begins: directly after the header. */
  readonly foldersOffset: number;
};

type HeaderFields = {
  readonly signature: Uint8Array;
  readonly reserved: readonly number[];
  readonly sizeBytes: number;
  readonly filesOffset: number;
  readonly versionMajor: number;
  readonly folderCount: number;
  readonly fileCount: number;
  readonly flags: number;
};

/** Reads and checks the header of the cabinet that begins at the start of the source. */
export function readHeader(source: CabSource, cabinetName: string, limits: CabLimits): CabHeader {
  const cursor = new ByteCursor(source, { cabinetName });
  const fields = readFields(cursor);
  const problem = findHeaderProblem(fields, source.sizeBytes, limits);
  if (problem !== null) {
    throw new CabError(problem.kind, { entry: cabinetName, problem: problem.text });
  }
  const reserve = readReserve(cursor, fields.flags);
  if (reserve.headerBytes > MAX_HEADER_RESERVE_BYTES) {
    throw new CabError("format", {
      entry: cabinetName,
      problem: `the header reserves more than ${MAX_HEADER_RESERVE_BYTES} bytes.`,
    });
  }
  refuseSet(cursor, cabinetName, { flags: fields.flags, skipBytes: reserve.headerBytes });
  return {
    sizeBytes: fields.sizeBytes,
    filesOffset: fields.filesOffset,
    folderCount: fields.folderCount,
    fileCount: fields.fileCount,
    folderReserveBytes: reserve.folderBytes,
    dataReserveBytes: reserve.dataBytes,
    foldersOffset: cursor.offset + reserve.headerBytes,
  };
}

export function isCabSignature(bytes: Uint8Array): boolean {
  return CAB_SIGNATURE.every((byte, index) => bytes[index] === byte);
}

function readFields(cursor: ByteCursor): HeaderFields {
  const signature = cursor.bytes(4).slice();
  const reserved1 = cursor.u32();
  const sizeBytes = cursor.u32();
  const reserved2 = cursor.u32();
  const filesOffset = cursor.u32();
  const reserved3 = cursor.u32();
  cursor.u8(); // Minor version: all 1.x cabinets have the same format.
  const versionMajor = cursor.u8();
  const folderCount = cursor.u16();
  const fileCount = cursor.u16();
  const flags = cursor.u16();
  cursor.bytes(4); // Set identifier and position in the set: only sets use them.
  const reserved = [reserved1, reserved2, reserved3];
  return {
    signature,
    reserved,
    sizeBytes,
    filesOffset,
    versionMajor,
    folderCount,
    fileCount,
    flags,
  };
}

function readReserve(
  cursor: ByteCursor,
  flags: number,
): { headerBytes: number; folderBytes: number; dataBytes: number } {
  if ((flags & FLAG_RESERVE) === 0) {
    return { headerBytes: 0, folderBytes: 0, dataBytes: 0 };
  }
  return { headerBytes: cursor.u16(), folderBytes: cursor.u8(), dataBytes: cursor.u8() };
}

type SetFields = { readonly flags: number; readonly skipBytes: number };

/** Refuses a cabinet that is part of a set. The message names the previous and next part, [MS-CAB] 2.1. */
function refuseSet(cursor: ByteCursor, cabinetName: string, { flags, skipBytes }: SetFields): void {
  if ((flags & (FLAG_PREVIOUS | FLAG_NEXT)) === 0) {
    return;
  }
  cursor.bytes(skipBytes);
  const neighbours = [
    { flag: FLAG_PREVIOUS, word: "previous" },
    { flag: FLAG_NEXT, word: "next" },
  ].filter(({ flag }) => (flags & flag) !== 0);
  const parts = neighbours.map(({ word }) => {
    const name = readSetName(cursor);
    // Label of the disk that held the other part.
    readSetName(cursor);
    return `its ${word} part is “${toShownName(name)}”`;
  });
  throw new CabError("unsupported", {
    entry: cabinetName,
    problem: `the cabinet is one part of a set that spans several files; ${parts.join(" and ")}. Make one file of the set (unpack all parts and pack them again with MaxDiskSize=0) and import that.`,
  });
}

function readSetName(cursor: ByteCursor): string {
  const bytes = cursor.zeroTerminated(MAX_SET_NAME_BYTES) ?? new Uint8Array();
  return parseMemberName(bytes, Infinity).name;
}

type HeaderProblem = { readonly kind: CabErrorKind; readonly text: string };

function findHeaderProblem(
  fields: HeaderFields,
  sourceBytes: number,
  limits: CabLimits,
): HeaderProblem | null {
  return findFormatProblem(fields, sourceBytes) ?? findCountProblem(fields, limits);
}

function findFormatProblem(fields: HeaderFields, sourceBytes: number): HeaderProblem | null {
  if (!isCabSignature(fields.signature)) {
    return { kind: "format", text: "the file is not a cabinet: it does not begin with “MSCF”." };
  }
  if (fields.versionMajor !== 1) {
    return { kind: "unsupported", text: "only cabinets of version 1 are supported." };
  }
  if (fields.reserved.some((value) => value !== 0)) {
    return { kind: "format", text: "a reserved field of the header is not zero." };
  }
  if (fields.sizeBytes > sourceBytes) {
    return {
      kind: "format",
      text: `the header declares ${fields.sizeBytes} bytes, but the file has only ${sourceBytes}; it is truncated.`,
    };
  }
  if ((fields.flags & ~KNOWN_FLAGS) !== 0) {
    return { kind: "format", text: "the header has unknown flags." };
  }
  return null;
}

function findCountProblem(fields: HeaderFields, limits: CabLimits): HeaderProblem | null {
  if (fields.folderCount === 0 || fields.fileCount === 0) {
    return { kind: "format", text: "the cabinet has no folder or no file." };
  }
  if (fields.folderCount > limits.foldersPerCabinet) {
    return {
      kind: "limit",
      text: `the cabinet has more than ${limitText("foldersPerCabinet", limits)}.`,
    };
  }
  if (fields.fileCount > limits.entries) {
    return { kind: "limit", text: `the cabinet has more than ${limitText("entries", limits)}.` };
  }
  return null;
}
