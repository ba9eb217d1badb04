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

/** Acquires an attempt at a user's password, or returns when to retry after too many wrong passwords. */
export type PasswordGate = (user: string) => Promise<Gated> | Gated;
type Gated = PasswordAttempt | { readonly retryAfterSeconds: number };
/** `settle` receives the result. It is not called if the result is unknown. */
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

/** A phone answers a challenge within a round trip. A slower handshake is dropped when no helper is free. */
const CHALLENGE_TIMEOUT_MS = 1_000;

/**
 * NTLM authenticates a TCP connection, not a request: challenge and response use one connection, and all later requests
 * on it belong to that user until it closes, as with the web server of the original.
 */
export class NtlmHandshakes {
  readonly #options: NtlmOptions;
  readonly #states = new WeakMap<Socket, Challenged | Authenticated>();
  readonly #watched = new WeakSet<Socket>();
  /** Sockets with a pending challenge, in order of their start. */
  readonly #underWay = new Set<Socket>();

  constructor(options: NtlmOptions) {
    this.#options = options;
  }

  /** The user of a connection; null until a handshake from the same address has completed on it. */
  userOf(socket: Socket, address: string): string | null {
    const state = this.#states.get(socket);
    return state?.kind === "authenticated" && state.address === address ? state.user : null;
  }

  /** Answers the message of an `Authorization: NTLM` header. Throws `unavailable` if the domain cannot be asked. */
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
      return reply.kind === "unable" ? throwUnavailable(reply) : { outcome: "invalid" };
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
    // Removed before the first await, so that only one of two concurrent responses is verified.
    const lease = state?.kind === "challenged" ? this.#takeLease(socket, state) : null;
    try {
      // A response without a name is anonymous and always refused, even if the domain accepts anonymous users.
      if (lease === null || state?.address !== address || user.trim() === "") {
        return { outcome: "invalid" };
      }
      const attempt = await this.#options.gate(user);
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
        return throwUnavailable(reply);
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

  /** Drops the oldest slow handshake if no helper is free, so that unfinished handshakes do not block others. */
  #makeRoom(): void {
    if (!this.#options.pool.isExhausted) {
      return;
    }
    const [oldest] = this.#underWay;
    const state = oldest === undefined ? undefined : this.#states.get(oldest);
    const isSlow =
      state?.kind === "challenged" && performance.now() - state.sinceMs > CHALLENGE_TIMEOUT_MS;
    if (oldest !== undefined && isSlow) {
      this.#drop(oldest);
    }
  }
}

function throwUnavailable({ reason }: { readonly reason: string }): never {
  throw new AppError("unavailable", "The domain cannot be asked at the moment.", {
    cause: new Error(reason),
    retryAfterSeconds: 10,
  });
}
