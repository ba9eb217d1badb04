import "server-only";

import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Entry, ZipFile } from "yauzl";
import { openPromise } from "yauzl";
import { CabError } from "#formats/cab/cab-error";
import { ignoreMember } from "#formats/cab/description/refusals";
import { extensionOf, fileNameOf } from "#formats/cab/description/member-paths";
import type { IgnoredMember } from "#formats/cab/description/model";
import { refusedKindText } from "#formats/cab/file-kind";
import { limitText, DEFAULT_CAB_LIMITS } from "#formats/cab/limits";
import type { CabLimits } from "#formats/cab/limits";
import { parseMemberName } from "#formats/cab/member-name";

export type ZipInput = {
  readonly path: string;
  /** The name of the archive in messages. */
  readonly fileName: string;
  readonly sizeBytes: number;
};

export type ZipOptions = {
  /** An empty directory in the staging area. The cabinet is written there. */
  readonly workDirectory: string;
  readonly limits: Partial<CabLimits>;
  readonly signal: AbortSignal;
};

export type ArchivedCabinet = {
  readonly path: string;
  /** The name of archive and cabinet in messages. */
  readonly fileName: string;
  /** The other entries of the archive. */
  readonly ignored: readonly IgnoredMember[];
};

type NamedEntry = { readonly entry: Entry; readonly name: string };

/**
 * Extracts the only cabinet, or else the only executable, of a ZIP archive. Vendors offer packages as such archives.
 * Throws a `CabError` if there is none or more than one, if it is encrypted, or if it exceeds the limits of an import.
 */
export async function extractCabinetOfZip(
  input: ZipInput,
  { workDirectory, limits, signal }: ZipOptions,
): Promise<ArchivedCabinet> {
  const allLimits = { ...DEFAULT_CAB_LIMITS, ...limits };
  const path = join(workDirectory, "archived.part");
  try {
    const zip = await openPromise(input.path, { autoClose: false, decodeStrings: false });
    try {
      const entries = await listEntries(zip, input, allLimits);
      const chosen = chooseCabinet(entries, input);
      requireWithinLimits(chosen, input, allLimits);
      await pipeline(await zip.openReadStreamPromise(chosen.entry), createWriteStream(path), {
        signal,
      });
      const ignored = entries
        .filter((other) => other !== chosen)
        .map(({ name }) => ignoreMember(name, "no_image"));
      return { path, fileName: `${input.fileName}/${chosen.name}`, ignored };
    } finally {
      zip.close();
    }
  } catch (error) {
    throw toRefusal(error, input, signal);
  }
}

async function listEntries(
  zip: ZipFile,
  { fileName }: ZipInput,
  limits: CabLimits,
): Promise<readonly NamedEntry[]> {
  if (zip.entryCount > limits.entries) {
    const problem = `the ZIP archive holds more than ${limitText("entries", limits)}.`;
    throw new CabError("limit", { entry: fileName, problem });
  }
  const entries: NamedEntry[] = [];
  for await (const entry of zip.eachEntry()) {
    const { name } = parseMemberName(entry.fileNameRaw, Infinity);
    // Skips directories, whose names end with a slash, and the metadata files that macOS adds.
    if (!name.endsWith("/") && !name.startsWith("__MACOSX/")) {
      entries.push({ entry, name });
    }
  }
  return entries;
}

function chooseCabinet(entries: readonly NamedEntry[], { fileName }: ZipInput): NamedEntry {
  const cabinets = entries.filter(({ name }) => extensionOf(name) === "cab");
  const candidates =
    cabinets.length > 0 ? cabinets : entries.filter(({ name }) => extensionOf(name) === "exe");
  const [chosen, another] = candidates;
  if (chosen === undefined) {
    throw new CabError("unsupported", { entry: fileName, problem: refusedKindText("zip") });
  }
  if (another !== undefined) {
    throw new CabError("unsupported", {
      entry: fileName,
      problem: `the ZIP archive holds ${candidates.length} packages (“${fileNameOf(chosen.name)}”, “${fileNameOf(another.name)}” …). Unpack it and import each by itself.`,
    });
  }
  if (chosen.entry.isEncrypted()) {
    throw new CabError("unsupported", {
      entry: fileName,
      problem: "the ZIP archive is encrypted. Unpack it with its password and import the cabinet.",
    });
  }
  return chosen;
}

function requireWithinLimits(
  { entry: { uncompressedSize } }: NamedEntry,
  { fileName, sizeBytes }: ZipInput,
  limits: CabLimits,
): void {
  const isBomb =
    uncompressedSize > limits.ratioFreeBytes && uncompressedSize > limits.ratio * sizeBytes;
  const limit = uncompressedSize > limits.inputBytes ? "inputBytes" : isBomb ? "ratio" : null;
  if (limit !== null) {
    throw new CabError("limit", {
      entry: fileName,
      problem: `the cabinet in the ZIP archive unpacks to more than ${limitText(limit, limits)}.`,
    });
  }
}

/** An error of the ZIP reader is a defect of the archive; an error with a code is a disk error. */
function toRefusal(error: unknown, { fileName }: ZipInput, signal: AbortSignal): unknown {
  if (signal.aborted || error instanceof CabError || !(error instanceof Error)) {
    return error;
  }
  const isOfDisk = "syscall" in error;
  return isOfDisk
    ? error
    : new CabError("data", {
        entry: fileName,
        problem: `the ZIP archive cannot be read: ${error.message}.`,
        cause: error,
      });
}
