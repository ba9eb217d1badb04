import "server-only";
import { hkdfSync } from "node:crypto";
import { AppError } from "#foundation/core/errors";
import { SESSION_KEY_SPACE } from "#foundation/platform/db/advisory-locks";
import { db } from "#foundation/platform/db/client";
import type { HostRow } from "#foundation/platform/db/other-hosts";
import { OTHER_HOSTS, hostOf } from "#foundation/platform/db/other-hosts";
import { log } from "#foundation/platform/log";
import { seal } from "#foundation/platform/seal";
import { sessionSecret } from "#foundation/platform/session-secret";

/** Logs a warning if another host runs with another key: it takes neither the sessions nor the stored secrets of this one. */
export async function warnOfOtherSessionKey(): Promise<void> {
  const host = await findOtherHost();
  if (host !== null) {
    log().warn(
      { host },
      "another host has another key of sessions and stored secrets; set the same NEXTAUTH_SECRET on every host",
    );
  }
}

/** Encrypts a secret for the service. Throws `conflict` if a running host has another key and could not read it. */
export async function sealForHosts(text: string, purpose: string): Promise<string> {
  const host = await findOtherHost();
  if (host !== null) {
    throw new AppError(
      "conflict",
      `The server on ${host} could not read the secret, because it has another key than this process: set NEXTAUTH_SECRET to the same value here and there.`,
    );
  }
  return seal(text, purpose);
}

/** The second half of the lock that a host holds for its key: a positive 31-bit number, of which the key cannot be derived. */
export function sessionKeyNumber(): number {
  const digest = hkdfSync("sha256", sessionSecret(), "", "ucupdates host", 4);
  return new DataView(digest).getUint32(0) >>> 1;
}

async function findOtherHost(): Promise<string | null> {
  const [other] = await db.$queryRawUnsafe<HostRow[]>(
    OTHER_HOSTS,
    SESSION_KEY_SPACE,
    sessionKeyNumber(),
  );
  return other === undefined ? null : hostOf(other);
}
