import "server-only";
import { createHash } from "node:crypto";
import { open, rm } from "node:fs/promises";
import { basename } from "node:path";
import { isSha256 } from "#firmware/files/model";
import { fileStore } from "#firmware/files/server/file-store";
import { newStagingName, stagedPath } from "#firmware/files/server/staging";
import { newUploadName, openUpload, restoreUpload } from "#firmware/files/server/uploads";
import { newIncomingPath, openLogContent, restoreLog } from "#phones/device-logs/server/log-files";
import { moveToObjects, openLogObject } from "#phones/device-logs/server/log-objects";
import type { FileFolder } from "#programs/backup/model";
import { damaged } from "#programs/backup/server/archive-reader";
import type { ArchiveMember } from "#programs/backup/server/archive-reader";

/** A file of the service, or why it cannot be read. */
export type KeptFile =
  | {
      readonly kind: "sound";
      readonly sizeBytes: number;
      readonly pieces: AsyncIterable<Uint8Array>;
    }
  | { readonly kind: "problem"; readonly problem: string };

type Folder = {
  readonly open: (name: string) => Promise<KeptFile>;
  /** Stores a member. Throws if its name or its content is wrong. */
  readonly restore: (name: string, member: ArchiveMember) => Promise<void>;
};

const MISSING: KeptFile = { kind: "problem", problem: "missing" };

/** The places of files that rows refer to, each behind its own store. */
export const KEPT_FILES: Readonly<Record<FileFolder, Folder>> = {
  logs: {
    open: async (name) => {
      const log = toLog(name);
      const found = (await openLogContent(log)) ?? (await openLogObject(log, null));
      return found === null ? MISSING : { kind: "sound", ...found };
    },
    restore: async (name, member) => {
      const log = toLog(name);
      const path = await newIncomingPath();
      await receive(member, path);
      await restoreLog(path, log);
      await moveToObjects([log]);
    },
  },
  uploads: {
    open: async (name) => {
      const found = await openUpload(name);
      return found === null ? MISSING : { kind: "sound", ...found };
    },
    restore: async (name, member) => {
      const path = stagedPath(await newUploadName());
      await receive(member, path);
      await restoreUpload(path, name);
    },
  },
  files: {
    open: openContent,
    restore: async (sha256, member) => {
      if (!isSha256(sha256)) {
        throw damaged(`${member.name} is no name of a file`);
      }
      const path = stagedPath(await newStagingName("upload"));
      try {
        if ((await receive(member, path)) !== sha256) {
          throw damaged(`${member.name} does not match its digest`);
        }
        await fileStore().put(path, { sha256, sizeBytes: member.sizeBytes });
      } finally {
        await rm(path, { force: true });
      }
    },
  },
};

async function openContent(sha256: string): Promise<KeptFile> {
  // Reads it again instead of trusting an earlier verification: the backup may be all that is left.
  const content = await fileStore().open(sha256, { distrustBefore: new Date() });
  const stored = await fileStore().stat(sha256);
  if (content.kind === "problem") {
    return content;
  }
  return stored === null
    ? MISSING
    : { kind: "sound", sizeBytes: stored.sizeBytes, pieces: content.pieces };
}

function toLog(name: string): { readonly logType: string; readonly fileName: string } {
  const [logType = "", fileName = "", ...rest] = name.split("/");
  const isPlain = (part: string): boolean =>
    part === basename(part) && part !== "" && !part.startsWith(".");
  if (!isPlain(logType) || !isPlain(fileName) || rest.length > 0) {
    throw damaged(`logs/${name} is no name of a log`);
  }
  return { logType, fileName };
}

/** Writes a member to a new file and returns its SHA-256. */
async function receive({ content }: ArchiveMember, path: string): Promise<string> {
  const hash = createHash("sha256");
  const file = await open(path, "wx", 0o600);
  try {
    for await (const piece of content) {
      hash.update(piece);
      await file.writeFile(piece);
    }
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return hash.digest("hex");
}
