import { AppError } from "#foundation/core/errors";
import { errorCode, isDiskFull } from "#foundation/core/error-code";

const UNWRITABLE: ReadonlySet<string | null> = new Set([
  "ENOENT",
  "EACCES",
  "EPERM",
  "EROFS",
  "EEXIST",
  "ENOTDIR",
  "EISDIR",
]);

/** The error of a write to a file that a person named, as a sentence. Other errors stay as they are. */
export function explainUnwritableFile(name: string, error: unknown): unknown {
  if (isDiskFull(error)) {
    return new AppError("unavailable", `The disk that ${name} is on is full.`, { cause: error });
  }
  return UNWRITABLE.has(errorCode(error))
    ? new AppError("invalid_input", `${name} cannot be written.`, { cause: error })
    : error;
}
