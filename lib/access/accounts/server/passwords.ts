import "server-only";

import { hash, verify } from "@node-rs/argon2";
import { HashQueue } from "#access/accounts/server/hash-queue";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** Argon2id (the library's default variant) with OWASP's first recommended parameters. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Phones outside the firewall, or the panel with its API and the command line. */
export type HashSide = "outside" | "panel";

export type HashOrigin = { readonly side: HashSide; readonly address: string };

/** The origin of hashes for new passwords, which signed-in users choose. */
const ADMINISTRATION: HashOrigin = { side: "panel", address: "administration" };

/**
 * Hashes occupy libuv's threads (four by default), which also read files. The outside side uses at most two threads and
 * the panel one, so that one remains for images.
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

/** Takes as long as checking a real password, so that the response time does not reveal which accounts exist. */
export async function hashDecoyPassword(password: string, origin: HashOrigin): Promise<void> {
  decoy ??= hash("no account has this password", PARAMETERS);
  await isPassword(await decoy, password, origin);
}
