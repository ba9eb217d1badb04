import { parentPort } from "node:worker_threads";
import { CabError } from "#lib/cab/cab-error";
import type { UnpackJob, UnpackMessage, UnpackProgress } from "#lib/cab/unpack-job";
import { UnpackTree } from "#lib/cab/unpack-tree";

const REPORT_EVERY_MS = 100;

/** The thread behind `unpackCabinet`: one job, then it ends. */
parentPort?.once("message", (job: UnpackJob) => {
  post(runJob(job));
});

function runJob(job: UnpackJob): UnpackMessage {
  try {
    const tree = new UnpackTree(job, throttledReporter());
    const result = tree.unpack();
    // The throttle may have kept the last report back, and a bar should end full.
    post({ type: "progress", progress: tree.progress });
    return { type: "done", result };
  } catch (error) {
    const failure = toCabError(error, job);
    if (failure === null) {
      throw error;
    }
    const { kind, entry, problem } = failure;
    return { type: "failed", kind, entry, problem };
  }
}

/** A full disk is the administrator's matter, not a defect; null for what is one. */
function toCabError(error: unknown, job: UnpackJob): CabError | null {
  if (error instanceof CabError) {
    return error;
  }
  const isDiskFull =
    error instanceof Error &&
    "code" in error &&
    (error.code === "ENOSPC" || error.code === "EDQUOT");
  const problem = "the disk became full while the package was unpacked.";
  return isDiskFull ? new CabError("limit", { entry: job.name, problem }) : null;
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
