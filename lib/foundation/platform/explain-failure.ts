import { AppError } from "#foundation/core/errors";
import { causesOf } from "#foundation/platform/db/unavailable";

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

/** The sentence for a failure that is not a defect of this program; null for a defect. */
export function explainFailure(error: unknown): string | null {
  if (error instanceof AppError) {
    return error.message;
  }
  const codes = causesOf(error).map((cause) =>
    typeof cause === "object" && cause !== null ? String(Reflect.get(cause, "code")) : "",
  );
  return codes.map((code) => SENTENCES[code]).find((sentence) => sentence !== undefined) ?? null;
}
