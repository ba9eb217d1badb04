import "server-only";
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { sessionSecret } from "#foundation/platform/session-secret";

const VERSION = "v1";
const ALGORITHM = "aes-256-gcm";
const IV_BYTES = 12;
const KEY_BYTES = 32;
const TAG_BYTES = 16;

/**
 * Encrypts a secret that the service itself must read again, such as the password of a mail server, so that neither a
 * copy of the database nor a backup without secrets contains it. The key is derived from the key of sessions.
 */
export function seal(text: string, purpose: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, keyFor(purpose), iv);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return [VERSION, ...[iv, cipher.getAuthTag(), sealed].map(toText)].join(".");
}

/** Decrypts a sealed secret; null if it was sealed with another key or for another purpose, or was changed. */
export function unseal(sealed: string, purpose: string): string | null {
  const [version, ...parts] = sealed.split(".");
  const [iv, tag, content] = parts.map((part) => Buffer.from(part, "base64url"));
  if (version !== VERSION || iv === undefined || tag === undefined || content === undefined) {
    return null;
  }
  try {
    const decipher = createDecipheriv(ALGORITHM, keyFor(purpose), iv, {
      authTagLength: TAG_BYTES,
    });
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(content), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

function keyFor(purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", sessionSecret(), "", `ucupdates ${purpose}`, KEY_BYTES));
}

function toText(bytes: Buffer): string {
  return bytes.toString("base64url");
}
