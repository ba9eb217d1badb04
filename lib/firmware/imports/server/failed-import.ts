import "server-only";
import { CabError } from "#formats/cab/cab-error";
import type { ErrorCode } from "#foundation/core/errors";
import { AppError } from "#foundation/core/errors";
import { isDiskFull, isMissing } from "#foundation/core/error-code";
import type { ImportFailureCode } from "#firmware/imports/failure";
import { toCabinetFailure } from "#firmware/imports/failure";
import type { FailedImport } from "#firmware/imports/model";
import { MAX_IMPORT_ATTEMPTS } from "#firmware/imports/transitions";

export const TOO_MANY_ATTEMPTS: FailedImport = failed(
  "too_many_attempts",
  `The import was started ${MAX_IMPORT_ATTEMPTS} times and aborted each time. See the log of the service.`,
);

/** The failure codes of errors that writing the rules of a package can throw. */
const REFUSALS: Partial<Record<ErrorCode, ImportFailureCode>> = {
  conflict: "conflict",
  invalid_state: "no_pools",
};

/** The failure to show, or null for unexpected errors and errors for which a retry may help. */
export function toFailedImport(error: unknown): FailedImport | null {
  if (error instanceof CabError) {
    return failed(toCabinetFailure(error.kind), error.message, error.entry);
  }
  // The content store is away: the job runs again later.
  if (error instanceof AppError && error.code === "unavailable") {
    return null;
  }
  if (error instanceof AppError) {
    const code = REFUSALS[error.code];
    return code === undefined
      ? { error: error.message, failure: null }
      : failed(code, error.message);
  }
  if (isDiskFull(error)) {
    return failed(
      "disk_full",
      "The disk with the data directory is full. Make room and import the package again.",
    );
  }
  return isMissing(error)
    ? failed("upload_gone", "The upload is gone. Import the package again.")
    : null;
}

function failed(code: ImportFailureCode, error: string, subject = ""): FailedImport {
  return { error, failure: { code, subject, values: {} } };
}
