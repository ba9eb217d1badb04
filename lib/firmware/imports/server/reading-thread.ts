import "server-only";

import { Worker } from "node:worker_threads";
import { CabError } from "#formats/cab/cab-error";
import type { PackageMember, Vocabulary } from "#formats/cab/description/model";
import type { Reading } from "#firmware/imports/decide-reading";
import type { ImportAnswers } from "#firmware/imports/model";

export type ReadingJob = {
  readonly members: readonly PackageMember[];
  readonly answers: ImportAnswers;
  readonly vocabulary: Vocabulary;
};

type ThreadOptions = {
  /** The name of the package in messages. */
  readonly name: string;
  readonly signal: AbortSignal;
};

const MIB = 1024 ** 2;
const MAX_DESCRIPTION_MIB = 16;
const MAX_READING_SECONDS = 60;
const MAX_HEAP_MIB = 512;

/**
 * Runs `decideReading` in a worker thread, because descriptions of a hostile package can take seconds and would block the
 * process that answers phones. Throws a `CabError` that names the exceeded limit.
 */
export async function decideInThread(
  job: ReadingJob,
  { name, signal }: ThreadOptions,
): Promise<Reading> {
  requireBounded(job, name);
  signal.throwIfAborted();
  const worker = new Worker(new URL("./reading-worker.ts", import.meta.url), {
    // Does not inherit flags of the parent, such as those of test runners and debuggers.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MIB },
  });
  const deadline = AbortSignal.timeout(MAX_READING_SECONDS * 1_000);
  const stop = AbortSignal.any([signal, deadline]);
  const outcome = Promise.withResolvers<Reading>();
  worker.once("message", outcome.resolve);
  worker.once("error", outcome.reject);
  worker.once("exit", () => {
    outcome.reject(new Error("The reading thread ended without a result."));
  });
  stop.addEventListener("abort", () => {
    outcome.reject(stop.reason);
  });
  try {
    worker.postMessage(job);
    return await outcome.promise;
  } catch (error) {
    signal.throwIfAborted();
    throw deadline.aborted
      ? limit(name, `reading its descriptions takes more than ${MAX_READING_SECONDS} seconds.`)
      : error;
  } finally {
    await worker.terminate();
  }
}

function requireBounded({ members }: ReadingJob, name: string): void {
  const sizeBytes = members.reduce(
    (total, member) => total + (member.text === undefined ? 0 : member.sizeBytes),
    0,
  );
  if (sizeBytes > MAX_DESCRIPTION_MIB * MIB) {
    throw limit(name, `its descriptions have more than ${MAX_DESCRIPTION_MIB} MiB in total.`);
  }
}

function limit(name: string, problem: string): CabError {
  return new CabError("limit", { entry: name, problem });
}
