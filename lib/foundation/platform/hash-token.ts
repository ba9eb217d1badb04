import "server-only";
import { createHash } from "node:crypto";

/** A token holds 256 random bits, so a fast digest protects it as well as a slow one. */
export function hashToken(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
