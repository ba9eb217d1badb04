import { parentPort } from "node:worker_threads";
import { CabError, withDiskFullExplained } from "#formats/cab/cab-error";
import type { UnpackJob, UnpackMessage, UnpackProgress } from "#formats/cab/unpack-job";
import { UnpackTree } from "#formats/cab/unpack-tree";

const REPORT_EVERY_MS = 100;

/** The worker thread of `unpackCabinet`: runs one job and ends. */
parentPort?.once("message", (job: UnpackJob) => {
  post(runJob(job));
});

function runJob(job: UnpackJob): UnpackMessage {
  try {
    const tree = new UnpackTree(job, {
      onProgress: throttledReporter(),
      onPart: (partPath) => {
        post({ type: "part", partPath });
      },
    });
    const result = tree.unpack();
    // The throttle may have dropped the last report; the progress bar should end at 100 %.
    post({ type: "progress", progress: tree.progress });
    return { type: "done", result };
  } catch (cause) {
    const error = withDiskFullExplained(cause, job.name);
    if (!(error instanceof CabError)) {
      throw error;
    }
    const { kind, entry, problem } = error;
    return { type: "failed", kind, entry, problem };
  }
}

function throttledReporter(): (progress: UnpackProgress) => void {
  let reportedAtMs = 0;
  return (progress) => {
    const nowMs = performance.now();
    if (nowMs - reportedAtMs >= REPORT_EVERY_MS) {
      reportedAtMs = nowMs;
      post({ type: "progress", progress });
    }
  };
}

function post(message: UnpackMessage): void {
  parentPort?.postMessage(message);
}
