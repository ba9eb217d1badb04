import "server-only";
import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { env } from "#foundation/platform/env";
import { makeDirectorySync } from "#foundation/platform/make-directory";
import { oncePerProcess } from "#foundation/platform/once-per-process";
import { errorCode, isMissing } from "#foundation/core/error-code";

/**
 * The key that encrypts sessions: `NEXTAUTH_SECRET`, else a secret that is created once and kept in the data directory,
 * readable only by its owner, so that people stay signed in over a restart.
 */
export function sessionSecret(): string {
  return oncePerProcess("session-secret", () => {
    const { NEXTAUTH_SECRET, DATA_DIRECTORY } = env();
    return NEXTAUTH_SECRET ?? readOrCreateSecret(DATA_DIRECTORY);
  });
}

/**
 * The secret of a data directory. It is created if it is missing, and only once if several processes start at the same
 * time.
 */
export function readOrCreateSecret(dataDirectory: string): string {
  const file = join(dataDirectory, "session-secret");
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (!isMissing(error)) {
      throw error;
    }
  }
  makeDirectorySync(dataDirectory, 0o700);
  const draft = `${file}.${randomBytes(4).toString("hex")}`;
  writeFileSync(draft, randomBytes(32).toString("base64url"), { mode: 0o600, flag: "wx" });
  try {
    // Unlike a rename, a link never replaces a file that another process has created in between.
    linkSync(draft, file);
  } catch (error) {
    if (errorCode(error) !== "EEXIST") {
      throw error;
    }
  } finally {
    unlinkSync(draft);
  }
  return readFileSync(file, "utf8");
}
