import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { DAY_MS } from "#foundation/core/time";

/** Creates a secret, which is shown once, and its hash, which is stored. */
export function createToken(prefix: string): { readonly secret: string; readonly hash: string } {
  const secret = `${prefix}${randomBytes(32).toString("base64url")}`;
  return { secret, hash: hashToken(secret) };
}

/** A token holds 256 random bits, so a fast digest protects it as well as a slow one. */
export function hashToken(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** When a token expires that is valid for so many days; null: never. */
export function tokenExpiry(now: Date, keepDays: number | null): Date | null {
  return keepDays === null ? null : new Date(now.getTime() + keepDays * DAY_MS);
}
