import "server-only";

import { hash, verify } from "@node-rs/argon2";

/** Argon2id (the library's default variant) with OWASP's first recommended parameters. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export function hashPassword(password: string): Promise<string> {
  return hash(password, PARAMETERS);
}

export function isPassword(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password);
}

let decoy: Promise<string> | undefined;

/** Takes as long as checking a real password, so that the time of an answer does not tell who has an account. */
export async function spendPasswordTime(password: string): Promise<void> {
  decoy ??= hashPassword("nobody has this password");
  await isPassword(await decoy, password);
}
