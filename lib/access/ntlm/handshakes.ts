import "server-only";
import type { Socket } from "node:net";
import { AppError } from "#foundation/core/errors";
import type { HelperPool, Lease } from "#access/ntlm/helper-pool";
import type { HelperReply } from "#access/ntlm/helper-reply";
import { readHelperReply } from "#access/ntlm/helper-reply";
import { readNtlmMessage } from "#access/ntlm/message";

export type NtlmAnswer =
  | { readonly outcome: "challenge"; readonly token: string }
  | { readonly outcome: "valid"; readonly user: string }
  | { readonly outcome: "invalid" }
  | { readonly outcome: "throttled"; readonly retryAfterSeconds: number };

/** One attempt at a user's password; `null` gave way because there were too many. */
export type PasswordGate = (
  user: string,
) => PasswordAttempt | { readonly retryAfterSeconds: number };
/** Told how it went, unless that is unknown. */
export type PasswordAttempt = { readonly settle: (isWrong: boolean) => void };

export type NtlmOptions = {
  readonly pool: HelperPool;
  readonly gate: PasswordGate;
  readonly handshakeMs: number;
};

type Challenged = {
  readonly kind: "challenged";
  readonly address: string;
  readonly sinceMs: number;
  readonly lease: Lease;
  readonly timer: NodeJS.Timeout;
};
type Authenticated = {
  readonly kind: "authenticated";
  readonly address: string;
  readonly user: string;
};

/** A phone answers a challenge within a round trip; one that takes longer makes room when others wait. */
const PATIENCE_MS = 1_000;

/**
 * NTLM authenticates a TCP connection and not a request: challenge and answer travel over one connection, and what
 * follows on it is that user's until it closes, as with the original's web server.
 */
export class NtlmHandshakes {
  readonly #options: NtlmOptions;
  readonly #states = new WeakMap<Socket, Challenged | Authenticated>();
  readonly #watched = new WeakSet<Socket>();
  /** In the order in which they began. */
  readonly #underWay = new Set<Socket>();

  constructor(options: NtlmOptions) {
    this.#options = options;
  }

  /** Whose a connection is; null until a handshake was completed on it, from that same address. */
  userOf(socket: Socket, address: string): string | null {
    const state = this.#states.get(socket);
    return state?.kind === "authenticated" && state.address === address ? state.user : null;
  }

  /** Answers the message of an `Authorization: NTLM` header. Throws `unavailable` where nobody can judge it. */
  async answer(socket: Socket, address: string, base64: string): Promise<NtlmAnswer> {
    const message = readNtlmMessage(base64);
    if (message === null) {
      this.#drop(socket);
      return { outcome: "invalid" };
    }
    return message.kind === "negotiate"
      ? this.#challenge(socket, address, base64)
      : this.#judge(socket, address, { base64, user: message.user });
  }

  async #challenge(socket: Socket, address: string, base64: string): Promise<NtlmAnswer> {
    this.#drop(socket);
    this.#makeRoom();
    const lease = await this.#options.pool.lease(address);
    const reply = await this.#ask(lease, `YR ${base64}`);
    if (reply.kind !== "challenge" || socket.destroyed) {
      lease.release();
      return reply.kind === "unable" ? refuseToJudge(reply) : { outcome: "invalid" };
    }
    const timer = setTimeout(() => {
      this.#drop(socket);
    }, this.#options.handshakeMs);
    const sinceMs = performance.now();
    this.#states.set(socket, { kind: "challenged", address, sinceMs, lease, timer });
    this.#underWay.add(socket);
    if (!this.#watched.has(socket)) {
      this.#watched.add(socket);
      socket.once("close", () => {
        this.#drop(socket);
      });
    }
    return { outcome: "challenge", token: reply.token };
  }

  async #judge(
    socket: Socket,
    address: string,
    { base64, user }: { readonly base64: string; readonly user: string },
  ): Promise<NtlmAnswer> {
    const state = this.#states.get(socket);
    // Taken out first: of two answers sent at once, one is judged.
    const lease = state?.kind === "challenged" ? this.#takeLease(socket, state) : null;
    try {
      // Without a name it is an anonymous visitor, whatever the domain thinks of those.
      if (lease === null || state?.address !== address || user.trim() === "") {
        return { outcome: "invalid" };
      }
      const attempt = this.#options.gate(user);
      if ("retryAfterSeconds" in attempt) {
        return { outcome: "throttled", retryAfterSeconds: attempt.retryAfterSeconds };
      }
      return this.#settle(socket, address, {
        attempt,
        reply: await this.#ask(lease, `KK ${base64}`),
      });
    } finally {
      lease?.release();
    }
  }

  #settle(
    socket: Socket,
    address: string,
    { attempt, reply }: { readonly attempt: PasswordAttempt; readonly reply: HelperReply },
  ): NtlmAnswer {
    switch (reply.kind) {
      case "accepted":
        attempt.settle(false);
        this.#states.set(socket, { kind: "authenticated", address, user: reply.user });
        return { outcome: "valid", user: reply.user };
      case "refused":
        attempt.settle(true);
        return { outcome: "invalid" };
      case "challenge":
        return { outcome: "invalid" };
      case "unable":
        attempt.settle(false);
        return refuseToJudge(reply);
    }
  }

  async #ask(lease: Lease, line: string): Promise<HelperReply> {
    try {
      return readHelperReply(await lease.ask(line));
    } catch (error) {
      lease.release();
      throw error;
    }
  }

  #takeLease(socket: Socket, state: Challenged): Lease {
    clearTimeout(state.timer);
    this.#underWay.delete(socket);
    this.#states.delete(socket);
    return state.lease;
  }

  #drop(socket: Socket): void {
    const state = this.#states.get(socket);
    if (state?.kind === "challenged") {
      this.#takeLease(socket, state).release();
    }
    this.#states.delete(socket);
  }

  /** Handshakes that nobody finishes must not keep out those who would. */
  #makeRoom(): void {
    if (!this.#options.pool.isExhausted) {
      return;
    }
    const [oldest] = this.#underWay;
    const state = oldest === undefined ? undefined : this.#states.get(oldest);
    const isSlow = state?.kind === "challenged" && performance.now() - state.sinceMs > PATIENCE_MS;
    if (oldest !== undefined && isSlow) {
      this.#drop(oldest);
    }
  }
}

function refuseToJudge({ reason }: { readonly reason: string }): never {
  throw new AppError("unavailable", "The domain cannot be asked now.", {
    cause: new Error(reason),
    retryAfterSeconds: 10,
  });
}
