import "server-only";
import { createHash } from "node:crypto";

/** A secret is 256 random bits, so a plain digest protects it as well as a slow one would. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
