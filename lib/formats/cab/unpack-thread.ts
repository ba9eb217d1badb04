import { Worker } from "node:worker_threads";
import { CabError } from "#formats/cab/cab-error";
import type {
  UnpackedParts,
  UnpackJob,
  UnpackMessage,
  UnpackProgress,
} from "#formats/cab/unpack-job";
import { Watchdog } from "#formats/cab/watchdog";
import { errorCode } from "#foundation/core/error-code";

/** The reader needs one frame and one window, so a valid cabinet never reaches this. */
const MAX_HEAP_MB = 256;

export type ThreadOptions = {
  readonly deadlineMs: number;
  readonly onProgress: ((progress: UnpackProgress) => void) | undefined;
  /** Called when a file is complete and closed, but not yet flushed to disk. */
  readonly onPart: (partPath: string) => void;
  readonly signal: AbortSignal | undefined;
};

/** Runs one job in a worker thread. When the promise settles, the thread has ended and writes nothing more. */
export async function runUnpackWorker(
  job: UnpackJob,
  options: ThreadOptions,
): Promise<UnpackedParts> {
  const { deadlineMs, signal } = options;
  signal?.throwIfAborted();
  const worker = new Worker(new URL("./unpack-worker.ts", import.meta.url), {
    // Does not inherit the flags of the parent, such as those of test runners and debuggers.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  const outcome = Promise.withResolvers<UnpackedParts>();
  const watchdog = new Watchdog({ stallMs: job.limits.stallMs, deadlineMs }, (problem) => {
    outcome.reject(new CabError("limit", { entry: job.name, problem }));
  });
  const abort = () => {
    outcome.reject(signal?.reason);
  };
  signal?.addEventListener("abort", abort, { once: true });
  worker.on("message", (message: UnpackMessage) => {
    watchdog.feed();
    try {
      receive(message, options, outcome);
    } catch (error) {
      // An exception of a listener rejects this call instead of reaching the event loop.
      outcome.reject(error);
    }
  });
  worker.on("error", (error) => {
    outcome.reject(toFailure(error, job.name));
  });
  worker.on("exit", () => {
    outcome.reject(new Error("The unpacking thread ended without a result."));
  });
  try {
    worker.postMessage(job);
    return await outcome.promise;
  } finally {
    signal?.removeEventListener("abort", abort);
    watchdog.stop();
    await worker.terminate();
  }
}

function receive(
  message: UnpackMessage,
  { onProgress, onPart }: ThreadOptions,
  outcome: PromiseWithResolvers<UnpackedParts>,
): void {
  switch (message.type) {
    case "progress":
      onProgress?.(message.progress);
      break;
    case "part":
      onPart(message.partPath);
      break;
    case "done":
      outcome.resolve(message.result);
      break;
    case "failed":
      outcome.reject(new CabError(message.kind, message));
      break;
  }
}

function toFailure(error: unknown, name: string): unknown {
  const isOutOfMemory = errorCode(error) === "ERR_WORKER_OUT_OF_MEMORY";
  const problem = "unpacking needs more memory than is allowed.";
  return isOutOfMemory ? new CabError("limit", { entry: name, problem, cause: error }) : error;
}
