import "server-only";
import { createHmac, randomBytes } from "node:crypto";
import { WEBHOOK_SECRET_PREFIX } from "#access/notifications/model";

const SECRET_BYTES = 32;

export type SignedContent = {
  readonly id: string;
  readonly at: Date;
  readonly body: string;
  /** One signature for each, so that a receiver may have either during a rotation. */
  readonly secrets: readonly string[];
};

/** A new secret in the form of Standard Webhooks. */
export function createWebhookSecret(): string {
  return `${WEBHOOK_SECRET_PREFIX}${randomBytes(SECRET_BYTES).toString("base64")}`;
}

/** The headers of Standard Webhooks (version 1, HMAC-SHA256). */
export function signWebhook({ id, at, body, secrets }: SignedContent): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(WEBHOOK_SECRET_PREFIX, ""), "base64");
    const digest = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
    return `v1,${digest}`;
  });
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signatures.join(" "),
  };
}
