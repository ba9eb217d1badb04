import "server-only";
import { createHmac, randomBytes } from "node:crypto";
import { accountKey } from "#access/accounts/model";
import { evictOldest } from "#foundation/core/evict-oldest";
import { toNetwork } from "#foundation/platform/ip-ranges";

export type Credentials = {
  /** The claimed name; null if only the address is counted. */
  readonly name: string | null;
  /** The password or token; null if it is not known before the evaluation (NTLM). */
  readonly secret: string | null;
  readonly address: string;
};

const MAX_PROVEN = 20_000;
/** How long valid credentials stay exempt from the limits at the address that sent them. */
const PROVEN_MS = 24 * 60 * 60_000;

/** Credentials that were valid, each with the network that sent them. */
export class ProvenCredentials {
  readonly #salt = randomBytes(32);
  readonly #untilMs = new Map<string, number>();

  has(credentials: Credentials, nowMs: number): boolean {
    const fingerprint = this.#fingerprintOf(credentials);
    return fingerprint !== null && (this.#untilMs.get(fingerprint) ?? 0) > nowMs;
  }

  /** Notes the outcomes `valid` and `invalid`. */
  note(credentials: Credentials, outcome: string | null, nowMs: number): void {
    const fingerprint = this.#fingerprintOf(credentials);
    if (fingerprint === null || (outcome !== "valid" && outcome !== "invalid")) {
      return;
    }
    this.#untilMs.delete(fingerprint);
    if (outcome === "valid") {
      this.#untilMs.set(fingerprint, nowMs + PROVEN_MS);
      evictOldest(this.#untilMs, MAX_PROVEN);
    }
  }

  /** Uses a random salt of this process, so that a fingerprint is useless for guessing outside of this process. */
  #fingerprintOf({ name, secret, address }: Credentials): string | null {
    return secret === null
      ? null
      : createHmac("sha256", this.#salt)
          .update(
            JSON.stringify([name === null ? null : accountKey(name), secret, toNetwork(address)]),
          )
          .digest("base64");
  }
}
