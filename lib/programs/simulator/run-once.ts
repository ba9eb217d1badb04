import type { PhoneRun } from "#programs/simulator/events";
import type { PhoneInput, PhoneState, UpdateAnswer } from "#programs/simulator/model";

const MAX_CHECK_ATTEMPTS = 5;
const MAX_DOWNLOAD_ATTEMPTS = 8;

/**
 * Whether a single run is over: after a check without an offer, or after the check that follows an install attempt.
 * The run waits when the server states a retry time, up to `MAX_CHECK_ATTEMPTS` times.
 */
export function endingOf(
  input: PhoneInput,
  state: PhoneState,
  attempts: number,
): PhoneRun["ending"] | null {
  switch (input.kind) {
    case "answered":
      return endingOfAnswer(input.answer, attempts);
    case "check_failed":
      return canRetry(input.retryAfterSeconds, state) ? null : "check_failed";
    case "download_interrupted":
      return hasTooManyFailures(state) ? "download_failed" : null;
    case "download_refused":
      return "download_failed";
    case "booted":
    case "downloaded":
    case "installed":
      return null;
  }
}

function endingOfAnswer({ modules }: UpdateAnswer, attempts: number): PhoneRun["ending"] | null {
  if (modules.length === 0) {
    return "nothing_due";
  }
  return attempts > 0 ? "still_offered" : null;
}

function canRetry(retryAfterSeconds: number | null, { failedChecks }: PhoneState): boolean {
  return retryAfterSeconds !== null && failedChecks < MAX_CHECK_ATTEMPTS;
}

function hasTooManyFailures({ phase }: PhoneState): boolean {
  return phase.kind === "downloading" && phase.failures >= MAX_DOWNLOAD_ATTEMPTS;
}
