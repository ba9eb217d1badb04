import type { PhoneRun } from "#programs/simulator/events";
import type { PhoneInput, PhoneState, UpdateAnswer } from "#programs/simulator/model";

const MOST_CHECK_ATTEMPTS = 5;
const MOST_DOWNLOAD_ATTEMPTS = 8;

/**
 * Whether one errand is over: a check with nothing due, or the check after an attempt to install, whatever it
 * says. A server that names a time to come back is given that time, though not for ever.
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
      return isWorthWaiting(input.retryAfterSeconds, state) ? null : "check_failed";
    case "download_interrupted":
      return isHopeless(state) ? "download_failed" : null;
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

function isWorthWaiting(retryAfterSeconds: number | null, { failedChecks }: PhoneState): boolean {
  return retryAfterSeconds !== null && failedChecks < MOST_CHECK_ATTEMPTS;
}

function isHopeless({ phase }: PhoneState): boolean {
  return phase.kind === "downloading" && phase.failures >= MOST_DOWNLOAD_ATTEMPTS;
}
