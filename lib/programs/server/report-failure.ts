import "server-only";
import { explainFailure } from "#foundation/platform/explain-failure";
import { log } from "#foundation/platform/log";

/** A sentence on standard error for what a person can correct, a log line for a defect. */
export function reportFailure(error: unknown): void {
  const sentence = explainFailure(error);
  if (sentence === null) {
    log().fatal({ err: error }, "could not start or stop");
  } else {
    console.error(sentence);
  }
}
