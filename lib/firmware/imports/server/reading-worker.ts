import { parentPort } from "node:worker_threads";
import { decideReading } from "#firmware/imports/decide-reading";
import type { ReadingJob } from "#firmware/imports/server/reading-thread";

/** The thread behind `decideInThread`: one job, then it ends. */
parentPort?.once("message", ({ members, answers, vocabulary }: ReadingJob) => {
  parentPort?.postMessage(decideReading(members, answers, vocabulary));
});
