import { CabError } from "#formats/cab/cab-error";
import { detectFileKind, FILE_KIND_BYTES, refusedKindText } from "#formats/cab/file-kind";
import { CAB_SIGNATURE } from "#formats/cab/header";
import { sourceSlice } from "#formats/cab/source";
import type { CabSource } from "#formats/cab/source";

const SCAN_BYTES = 1024 * 1024;
const NO_CABINET_IN_EXECUTABLE =
  "the executable contains no cabinet. If it is an installer, run it and import the cabinet or firmware that it installs.";
/** The fixed part of a cabinet header. */
const HEADER_BYTES = 36;

/**
 * Returns the cabinet that the file is or, in a self-extracting executable, contains. Bytes after the cabinet
 * are allowed: signatures are stored there.
 */
export function findCabinet(source: CabSource, name: string, onStep: () => void): CabSource {
  const kind = detectFileKind(source.read(0, FILE_KIND_BYTES));
  if (kind === "cabinet") {
    return source;
  }
  if (kind !== "executable") {
    throw new CabError("format", { entry: name, problem: refusedKindText(kind) });
  }
  const [found, another] = findPlausibleHeaders(source, onStep);
  if (found === undefined) {
    throw new CabError("format", { entry: name, problem: NO_CABINET_IN_EXECUTABLE });
  }
  if (another !== undefined) {
    throw new CabError("format", {
      entry: name,
      problem: "the executable contains more than one cabinet; it is unclear which one is meant.",
    });
  }
  return sourceSlice(source, found.offset, found.sizeBytes);
}

type FoundHeader = { readonly offset: number; readonly sizeBytes: number };

/** Returns at most two. A header inside a cabinet that was already found is content of that cabinet. */
function findPlausibleHeaders(source: CabSource, onStep: () => void): FoundHeader[] {
  const found: FoundHeader[] = [];
  let offset = 0;
  while (offset < source.sizeBytes && found.length < 2) {
    const header = findInWindow(source, offset);
    if (header === null) {
      offset += SCAN_BYTES;
    } else {
      found.push(header);
      offset = header.offset + header.sizeBytes;
    }
    onStep();
  }
  return found;
}

/** The first plausible header that begins within `SCAN_BYTES` from `start`. */
function findInWindow(source: CabSource, start: number): FoundHeader | null {
  const bytes = source.read(start, SCAN_BYTES + HEADER_BYTES - 1);
  const window = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = window.indexOf(CAB_SIGNATURE);
  while (at !== -1 && at + HEADER_BYTES <= window.length) {
    const sizeBytes = readPlausibleSize(window.subarray(at), source.sizeBytes - start - at);
    if (sizeBytes !== null) {
      return { offset: start + at, sizeBytes };
    }
    at = window.indexOf(CAB_SIGNATURE, at + 1);
  }
  return null;
}

/** The size in the header; null when it cannot be a header, because executables also contain the bare text "MSCF". */
function readPlausibleSize(header: Buffer, remainingBytes: number): number | null {
  const areReservedZero = [4, 12, 20].every((offset) => header.readUInt32LE(offset) === 0);
  const sizeBytes = header.readUInt32LE(8);
  const filesOffset = header.readUInt32LE(16);
  const isVersion13 = header.readUInt8(24) === 3 && header.readUInt8(25) === 1;
  const isPlausible =
    areReservedZero && isVersion13 && sizeBytes <= remainingBytes && filesOffset < sizeBytes;
  return isPlausible && sizeBytes >= HEADER_BYTES ? sizeBytes : null;
}
