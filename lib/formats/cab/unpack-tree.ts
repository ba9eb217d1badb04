import { closeSync, fstatSync, openSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { CabError } from "#formats/cab/cab-error";
import { openCabinet } from "#formats/cab/cabinet";
import type { Cabinet } from "#formats/cab/cabinet";
import { extractCabinet } from "#formats/cab/extract-cabinet";
import type { FileSink } from "#formats/cab/file-delivery";
import { findCabinet } from "#formats/cab/find-cabinet";
import { ImportBudget } from "#formats/cab/import-budget";
import { limitText } from "#formats/cab/limits";
import type { NameProblem } from "#formats/cab/member-name";
import { toNameKey } from "#formats/cab/member-name";
import { fileSource } from "#formats/cab/source";
import type { CabSource } from "#formats/cab/source";
import { StagedPart } from "#formats/cab/staged-part";
import type { FileEntry } from "#formats/cab/tables";
import { findTrailingPart } from "#formats/cab/trailing-part";
import type {
  UnpackedPart,
  UnpackedParts,
  UnpackJob,
  UnpackProgress,
  UnreadPart,
} from "#formats/cab/unpack-job";

export type UnpackEvents = {
  readonly onProgress: (progress: UnpackProgress) => void;
  /** Called when a file is complete, but not yet flushed to disk. */
  readonly onPart: (partPath: string) => void;
};

type Level = {
  readonly name: string;
  readonly directory: string;
  readonly directoryProblem: NameProblem | null;
  readonly containers: readonly string[];
};

/**
 * Unpacks one file and every cabinet in it, on the current thread. An inner cabinet is opened when it is
 * complete and deleted when it is read.
 */
export class UnpackTree {
  readonly #job: UnpackJob;
  readonly #events: UnpackEvents;
  readonly #parts: UnpackedPart[] = [];
  readonly #unread: UnreadPart[] = [];
  readonly #partOfDigest = new Map<string, string>();
  #partCount = 0;
  #unverifiedBlocks = 0;
  #progress: UnpackProgress;

  constructor(job: UnpackJob, events: UnpackEvents) {
    this.#job = job;
    this.#events = events;
    this.#progress = { bytesOut: 0, totalBytes: 0, entry: job.name };
  }

  get progress(): UnpackProgress {
    return this.#progress;
  }

  unpack(): UnpackedParts {
    const { path, name, limits, uploadBytes } = this.#job;
    withOpenFile(path, (file) => {
      if (file.sizeBytes > limits.inputBytes) {
        const problem = `the file is larger than ${limitText("inputBytes", limits)}.`;
        throw new CabError("limit", { entry: name, problem });
      }
      const source = findCabinet(file, name, this.#reportProgress);
      const budget = new ImportBudget(limits, Math.min(uploadBytes, source.sizeBytes));
      this.#unpackLevel(source, budget, {
        name,
        directory: "",
        directoryProblem: null,
        containers: [],
      });
    });
    return {
      parts: markRepeated(this.#parts),
      unread: this.#unread,
      unverifiedBlocks: this.#unverifiedBlocks,
    };
  }

  #unpackLevel(source: CabSource, budget: ImportBudget, level: Level): void {
    const cabinet = openCabinet({ source, ...level, budget, onBlock: this.#reportProgress });
    this.#requireFreeSpace(cabinet);
    const totalBytes = this.#progress.totalBytes + cabinet.fileBytes;
    this.#progress = { ...this.#progress, totalBytes };
    const { unverifiedBlocks } = extractCabinet(cabinet, {
      openFile: (files) => this.#openFile(files, budget),
      lzxBlocksPerFrame: budget.limits.lzxBlocksPerFrame,
      onBlock: this.#reportProgress,
    });
    this.#unverifiedBlocks += unverifiedBlocks;
    const trailing = findTrailingPart(source, cabinet.sizeBytes, this.#reportProgress);
    if (trailing !== null) {
      const { code, offset } = trailing;
      this.#unread.push({ path: `${level.name} [${offset}-${source.sizeBytes - 1}]`, code });
    }
  }

  #openFile(files: readonly [FileEntry, ...FileEntry[]], budget: ImportBudget): FileSink {
    const { stagingDirectory, partPrefix } = this.#job;
    this.#partCount += 1;
    const part = new StagedPart(join(stagingDirectory, `${partPrefix}${this.#partCount}.part`));
    this.#progress = { ...this.#progress, entry: files[0].path };
    return {
      write: (chunk) => {
        part.write(chunk);
        const bytesOut = this.#progress.bytesOut + chunk.length;
        this.#progress = { ...this.#progress, bytesOut };
      },
      end: () => {
        if (part.isCabinet) {
          part.close();
          for (const file of files) {
            this.#unpackInner(file, part, budget);
          }
          rmSync(part.path);
        } else {
          this.#keep(files, part);
        }
        this.#reportProgress();
      },
    };
  }

  #unpackInner(file: FileEntry, part: StagedPart, budget: ImportBudget): void {
    const containers = [...file.containers, file.path];
    if (containers.length > budget.limits.nesting) {
      throw new CabError("limit", {
        entry: file.path,
        problem: `cabinets are nested deeper than ${limitText("nesting", budget.limits)}.`,
      });
    }
    withOpenFile(part.path, (source) => {
      this.#unpackLevel(source, budget, {
        name: file.path,
        directory: `${file.path}/`,
        directoryProblem: file.nameProblem,
        containers,
      });
    });
  }

  #keep(files: readonly FileEntry[], part: StagedPart): void {
    const sha256 = part.finish();
    const known = this.#partOfDigest.get(sha256);
    if (known === undefined) {
      this.#events.onPart(part.path);
    } else {
      rmSync(part.path);
    }
    const partPath = known ?? part.path;
    this.#partOfDigest.set(sha256, partPath);
    this.#parts.push(
      ...files.map(({ path, nameProblem, containers, sizeBytes, modifiedAt }) => ({
        path,
        nameProblem,
        containers,
        sizeBytes,
        sha256,
        partPath,
        modifiedAt,
      })),
    );
  }

  #requireFreeSpace({ name, fileBytes }: Cabinet): void {
    const { stagingDirectory, limits } = this.#job;
    const { bavail, bsize } = statfsSync(stagingDirectory);
    const neededBytes = Math.ceil(fileBytes * limits.freeSpaceFactor);
    if (neededBytes > bavail * bsize) {
      throw new CabError("limit", {
        entry: name,
        problem: `unpacking needs ${neededBytes} bytes of free disk space, but only ${bavail * bsize} are left.`,
      });
    }
  }

  readonly #reportProgress = (): void => {
    this.#events.onProgress(this.#progress);
  };
}

/**
 * Marks every entry whose path occurs more than once, because such a path is ambiguous. This includes an entry
 * whose name imitates the path of an inner cabinet.
 */
function markRepeated(parts: readonly UnpackedPart[]): readonly UnpackedPart[] {
  const counts = new Map<string, number>();
  for (const { path } of parts) {
    const key = toNameKey(path);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return parts.map((part) =>
    counts.get(toNameKey(part.path)) === 1
      ? part
      : { ...part, nameProblem: part.nameProblem ?? "repeated" },
  );
}

function withOpenFile(path: string, read: (source: CabSource) => void): void {
  const descriptor = openSync(path, "r");
  try {
    read(fileSource(descriptor, fstatSync(descriptor).size));
  } finally {
    closeSync(descriptor);
  }
}
