import "server-only";

import { copyFile, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeXmlText, MAX_DESCRIPTION_BYTES } from "#formats/xml/decode-xml-text";
import { extensionOf, roleOf } from "#formats/cab/description/member-paths";
import type { IgnoredMember, PackageMember, Vocabulary } from "#formats/cab/description/model";
import { ignoreMember } from "#formats/cab/description/refusals";
import type { FileKind } from "#formats/cab/file-kind";
import { detectFileKind, FILE_KIND_BYTES } from "#formats/cab/file-kind";
import { CabError } from "#formats/cab/cab-error";
import type { CabLimits } from "#formats/cab/limits";
import { DEFAULT_CAB_LIMITS } from "#formats/cab/limits";
import type { UnpackedMember } from "#formats/cab/unpacked-member";
import { unpackCabinet } from "#formats/cab/unpack";
import type { UnpackProgress } from "#formats/cab/unpack-job";
import type { StoredFile } from "#firmware/files/model";
import { extractCabinetOfZip } from "#firmware/imports/server/extract-zip";
import type {
  DetailsQuestion,
  FailedImport,
  FoundUpdate,
  ImportAnswers,
} from "#firmware/imports/model";
import { decideInThread } from "#firmware/imports/server/reading-thread";
import type { VerifiedUpdate } from "#firmware/imports/server/verify-updates";
import {
  requireStaged,
  toFoundUpdate,
  verifyUpdates,
} from "#firmware/imports/server/verify-updates";

export type PackageFile = StoredFile & {
  readonly path: string;
  /** The original file name. Its extension matters if the file is not a cabinet. */
  readonly fileName: string;
};

export type ReadOptions = {
  readonly answers: ImportAnswers;
  readonly vocabulary: Vocabulary;
  /** An empty directory in the staging area. All unpacked files are written there. */
  readonly workDirectory: string;
  readonly limits: Partial<CabLimits>;
  readonly onProgress: (progress: UnpackProgress) => void;
  readonly signal: AbortSignal;
};

/** The content of a package, or the question that must be answered before its import. */
export type PackageReading =
  | {
      readonly kind: "readable";
      readonly updates: readonly VerifiedUpdate[];
      /** The content of all updates without duplicates, with its staged path. */
      readonly content: readonly StagedContent[];
      readonly ignored: readonly IgnoredMember[];
      readonly unverifiedBlocks: number;
    }
  | ({ readonly kind: "needs_details" } & DetailsQuestion)
  | { readonly kind: "needs_confirmation"; readonly mismatched: readonly FoundUpdate[] }
  | ({ readonly kind: "failed" } & FailedImport);

export type StagedContent = StoredFile & { readonly stagedPath: string };

/** Unpacks, interprets and verifies a package. Writes nothing outside of its work directory. */
export async function readPackage(
  file: PackageFile,
  options: ReadOptions,
): Promise<PackageReading> {
  const { members, ignored, unverifiedBlocks } = await unpack(file, options);
  const { answers, vocabulary } = options;
  const reading = await decideInThread(
    { members: await toMembers(members), answers, vocabulary },
    { name: file.fileName, signal: options.signal },
  );
  if (reading.kind === "needs_details") {
    return { ...reading, ignored: [...reading.ignored, ...ignored] };
  }
  if (reading.kind === "failed") {
    return reading;
  }

  const staged = new Map(members.map((member) => [member.sha256, member.stagedPath]));
  const updates = await verifyUpdates(reading.updates, staged);
  const mismatched = updates.filter(({ catalogVerdict }) => catalogVerdict === "not_in_catalog");
  if (mismatched.length > 0 && options.answers.mismatchReason === null) {
    return { kind: "needs_confirmation", mismatched: mismatched.map(toFoundUpdate) };
  }
  return {
    kind: "readable",
    updates,
    content: toContent(updates, staged),
    ignored: [...reading.ignored, ...ignored],
    unverifiedBlocks,
  };
}

type Unpacked = {
  readonly members: readonly Omit<UnpackedMember, "modifiedAt">[];
  /** The other entries of an archive, and what follows the end of a cabinet. */
  readonly ignored: readonly IgnoredMember[];
  readonly unverifiedBlocks: number;
};

/** Unpacks a package. A plain firmware file, as other vendors offer it, is a package with one member. */
async function unpack(file: PackageFile, options: ReadOptions): Promise<Unpacked> {
  const { workDirectory, limits, onProgress, signal } = options;
  const kind = await readFileKind(file.path);
  if (roleOf(file.fileName) === "image" && !CONTAINERS.has(kind)) {
    requireFileSize(file, limits);
    const stagedPath = join(workDirectory, file.sha256);
    // A copy, because the upload must survive a run that crashes.
    await copyFile(file.path, stagedPath);
    const { sha256, sizeBytes } = file;
    return {
      members: [
        { path: file.fileName, nameProblem: null, containers: [], sizeBytes, sha256, stagedPath },
      ],
      ignored: [],
      unverifiedBlocks: 0,
    };
  }
  const archived = kind === "zip" ? await extractCabinetOfZip(file, options) : null;
  const unpacked = await unpackCabinet({
    path: archived?.path ?? file.path,
    name: archived?.fileName ?? file.fileName,
    uploadBytes: file.sizeBytes,
    stagingDirectory: workDirectory,
    limits,
    onProgress,
    signal,
  });
  const { members, unread, unverifiedBlocks } = unpacked;
  return {
    members,
    ignored: [
      ...(archived?.ignored ?? []),
      ...unread.map(({ path, code }) => ignoreMember(path, code)),
    ],
    unverifiedBlocks,
  };
}

/** Checks the size of a plain file. The cabinet reader checks only the members of a cabinet. */
function requireFileSize({ fileName, sizeBytes }: PackageFile, limits: Partial<CabLimits>): void {
  const { bytesPerFile } = { ...DEFAULT_CAB_LIMITS, ...limits };
  if (sizeBytes > bytesPerFile) {
    const problem = `the file is larger than ${bytesPerFile} bytes (MAX_FILE_BYTES).`;
    throw new CabError("limit", { entry: fileName, problem });
  }
}

/** File kinds that may contain a cabinet. The file name does not matter. */
const CONTAINERS: ReadonlySet<FileKind> = new Set(["cabinet", "executable"]);

async function readFileKind(path: string): Promise<FileKind> {
  const handle = await open(path, "r");
  try {
    const start = Buffer.alloc(FILE_KIND_BYTES);
    const { bytesRead } = await handle.read(start, 0, FILE_KIND_BYTES, 0);
    return detectFileKind(start.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

/** Reads the descriptions one after the other, because a package may contain thousands. */
async function toMembers(members: Unpacked["members"]): Promise<readonly PackageMember[]> {
  const read: PackageMember[] = [];
  for (const member of members) {
    read.push(await toMember(member));
  }
  return read;
}

async function toMember({
  path,
  nameProblem,
  containers,
  sizeBytes,
  sha256,
  stagedPath,
}: Unpacked["members"][number]): Promise<PackageMember> {
  const member = { path, nameProblem, containers, sizeBytes, sha256 };
  if (extensionOf(path) !== "xml" || sizeBytes > MAX_DESCRIPTION_BYTES) {
    return member;
  }
  const decoded = decodeXmlText(await readFile(stagedPath));
  switch (decoded.kind) {
    case "text":
      return { ...member, text: decoded.text };
    case "unknown_encoding":
      return { ...member, unknownEncoding: decoded.encoding };
    case "no_text":
      return member;
  }
}

function toContent(
  updates: readonly VerifiedUpdate[],
  staged: ReadonlyMap<string, string>,
): StagedContent[] {
  const files = updates.flatMap((update) => update.files);
  const unique = new Map(files.map((file) => [file.sha256, file]));
  return [...unique.values()].map(({ sha256, sizeBytes }) => ({
    sha256,
    sizeBytes,
    stagedPath: requireStaged(staged, sha256),
  }));
}
