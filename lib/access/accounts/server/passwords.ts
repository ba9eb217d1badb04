import "server-only";

import { hash, verify } from "@node-rs/argon2";
import { HashQueue } from "#access/accounts/server/hash-queue";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** Argon2id (the library's default variant) with OWASP's first recommended parameters. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Phones outside, or the panel with its API and the command line. */
export type HashSide = "outside" | "panel";

export type HashOrigin = { readonly side: HashSide; readonly address: string };

/** New passwords are chosen by signed-in users. */
const ADMINISTRATION: HashOrigin = { side: "panel", address: "administration" };

/**
 * Hashes occupy libuv's threads (four by default), which read files as well: outside takes two and the panel one at
 * most, so that one is left for images.
 */
function hashQueues(): Readonly<Record<HashSide, HashQueue>> {
  return oncePerProcess("password hash queues", () => ({
    outside: new HashQueue({ maxRunning: 2, maxWaiting: 2_000, maxWaitingPerAddress: 500 }),
    panel: new HashQueue({ maxRunning: 1, maxWaiting: 200, maxWaitingPerAddress: 50 }),
  }));
}

function queued<T>({ side, address }: HashOrigin, task: () => Promise<T>): Promise<T> {
  return hashQueues()[side].run(address, task);
}

export function hashPassword(password: string): Promise<string> {
  return queued(ADMINISTRATION, () => hash(password, PARAMETERS));
}

export function isPassword(
  passwordHash: string,
  password: string,
  origin: HashOrigin = ADMINISTRATION,
): Promise<boolean> {
  return queued(origin, () => verify(passwordHash, password));
}

let decoy: Promise<string> | undefined;

/** Takes as long as checking a real password, so that the time of an answer does not tell who has an account. */
export async function spendPasswordTime(password: string, origin: HashOrigin): Promise<void> {
  decoy ??= hash("nobody has this password", PARAMETERS);
  await isPassword(await decoy, password, origin);
}
