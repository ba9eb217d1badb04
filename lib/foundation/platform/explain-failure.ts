import { AppError } from "#foundation/core/errors";
import { causesOf, isDatabaseUnavailable } from "#foundation/platform/db/unavailable";

/** What a person can do about an error of the operating system or of PostgreSQL, by its code. */
const SENTENCES: Readonly<Record<string, string>> = {
  ENOSPC: "The disk is full: free some space and start again.",
  EDQUOT: "This account's share of the disk is used up: free some space and start again.",
  EMFILE: 'This process may not open more files: raise the limit ("ulimit -n") and start again.',
  ENFILE: "The system may not open more files: close other programs and start again.",
  EROFS: "The disk is read-only: choose another DATA_DIRECTORY.",
  // PostgreSQL's codes (manual, appendix A) for a full disk and for too little memory.
  "53100": "The disk of the database is full: free some space there and start again.",
  "53200": "The database has too little memory: give it more, or close other programs.",
};

const DATABASE_AWAY =
  "The database did not answer in time: check that PostgreSQL runs and is not overloaded, and start again.";

/** The sentence for a failure that is not a defect of this program; null for a defect. */
export function explainFailure(error: unknown): string | null {
  if (error instanceof AppError) {
    return error.message;
  }
  const codes = causesOf(error).map((cause) =>
    typeof cause === "object" && cause !== null ? String(Reflect.get(cause, "code")) : "",
  );
  const sentence = codes.map((code) => SENTENCES[code]).find((known) => known !== undefined);
  return sentence ?? (isDatabaseUnavailable(error) ? DATABASE_AWAY : null);
}
