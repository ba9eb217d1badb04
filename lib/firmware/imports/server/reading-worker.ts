import { parentPort } from "node:worker_threads";
import { decideReading } from "#firmware/imports/decide-reading";
import type { ReadingJob } from "#firmware/imports/server/reading-thread";

/** The worker thread of `decideInThread`. It runs one job and ends. */
parentPort?.once("message", ({ members, answers, vocabulary }: ReadingJob) => {
  parentPort?.postMessage(decideReading(members, answers, vocabulary));
});
