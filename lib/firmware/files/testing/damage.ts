import { execFile } from "node:child_process";
import {
  mkdir,
  open,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ContentProblem } from "#firmware/files/model";
import { env } from "#foundation/platform/env";

/** The path of content in the service under test. */
export function contentPath(sha256: string): string {
  return join(env().DATA_DIRECTORY, "files", sha256.slice(0, 2), sha256);
}

type Damage = {
  readonly problem: ContentProblem;
  readonly inflict: (path: string) => Promise<void>;
};

/** Kinds of damage to a stored file, with the expected problem. */
export const DAMAGES: Readonly<Record<string, Damage>> = {
  "a flipped byte": { problem: "damaged", inflict: flipByte },
  "a flipped byte with an unchanged modification time": {
    problem: "damaged",
    inflict: async (path) => {
      const { atime, mtime } = await stat(path);
      await flipByte(path);
      await utimes(path, atime, mtime);
    },
  },
  "a missing end": { problem: "damaged", inflict: (path) => truncate(path, 100) },
  "an extra byte": {
    problem: "damaged",
    inflict: async (path) => {
      await writeFile(path, "x", { flag: "a" });
    },
  },
  "an empty file": { problem: "damaged", inflict: (path) => truncate(path, 0) },
  "no file": { problem: "missing", inflict: (path) => rm(path) },
  "a directory": {
    problem: "unreadable",
    inflict: async (path) => {
      await rm(path);
      await mkdir(path);
      await writeFile(join(path, "note.txt"), "not ours");
    },
  },
  "a symbolic link to the right content": {
    problem: "unreadable",
    inflict: async (path) => {
      await writeFile(`${path}.elsewhere`, await readFile(path));
      await rm(path);
      await symlink(`${path}.elsewhere`, path);
    },
  },
  "a named pipe": {
    problem: "unreadable",
    inflict: async (path) => {
      await rm(path);
      await promisify(execFile)("mkfifo", [path]);
    },
  },
};

/** Flips one bit of the byte in the middle. */
export async function flipByte(path: string): Promise<void> {
  const handle = await open(path, "r+");
  try {
    const { size } = await handle.stat();
    const position = Math.floor(size / 2);
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, position);
    await handle.write(Buffer.from([(buffer[0] ?? 0) ^ 1]), 0, 1, position);
  } finally {
    await handle.close();
  }
}
