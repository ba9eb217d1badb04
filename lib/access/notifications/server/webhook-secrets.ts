import "server-only";
import { SECRET_OVERLAP_MS } from "#access/notifications/model";
import { createWebhookSecret } from "#access/notifications/server/sign-webhook";
import type { StoredWebhook } from "#access/notifications/server/webhook-store";
import { sealForHosts } from "#foundation/platform/db/session-key-claim";
import { unseal } from "#foundation/platform/seal";

const PURPOSE = "webhook";

type StoredSecrets = Pick<StoredWebhook, "secret" | "previousSecret" | "previousSecretUntil">;

/** A new secret, as it is shown once and as it is stored. Throws `conflict` if a running host could not read it. */
export async function newSecret(): Promise<{ readonly secret: string; readonly sealed: string }> {
  const secret = createWebhookSecret();
  return { secret, sealed: await sealForHosts(secret, PURPOSE) };
}

/** The secrets that sign a message now, newest first; null if the current one cannot be decrypted. */
export function secretsInForce(stored: StoredSecrets, now: Date): readonly string[] | null {
  const current = unseal(stored.secret, PURPOSE);
  if (current === null) {
    return null;
  }
  const { previousSecret, previousSecretUntil } = stored;
  const isInForce = previousSecretUntil !== null && previousSecretUntil > now;
  const previous = previousSecret !== null && isInForce ? unseal(previousSecret, PURPOSE) : null;
  return previous === null ? [current] : [current, previous];
}

/** The stored secrets after a rotation. */
export function rotate(
  { secret }: Pick<StoredWebhook, "secret">,
  sealed: string,
  now: Date,
): StoredSecrets {
  const previousSecretUntil = new Date(now.getTime() + SECRET_OVERLAP_MS);
  return { secret: sealed, previousSecret: secret, previousSecretUntil };
}
