import "server-only";
import { createHmac, randomBytes } from "node:crypto";
import { AppError } from "#foundation/core/errors";
import type {
  DirectoryCheck,
  DirectoryConfiguration,
  DirectoryServer,
} from "#access/directory/model";
import type { DirectoryAnswer, Question } from "#access/directory/server/ask-server";
import { ServiceAccountRefused, askServer } from "#access/directory/server/ask-server";
import { Limiter } from "#access/directory/server/limiter";
import { ResultCache } from "#access/directory/server/result-cache";
import type { SessionOptions } from "#access/directory/server/session";
import type { DirectoryBudget } from "#access/directory/server/shared-password-budget";
import type { UserName } from "#access/directory/user-name";
import { parseUserName } from "#access/directory/user-name";
import { log } from "#foundation/platform/log";

export type DirectoryOptions = DirectoryConfiguration & {
  readonly session: SessionOptions;
  /** Shared with NTLM, which sends passwords to the same directory. */
  readonly budget: DirectoryBudget;
  readonly clock: () => number;
};

/** Backoff after a server failed; longer if it refused the service account, so that it does not lock that account. */
const DOWN_MS = 5_000;
const REFUSED_MS = 60_000;
/** The maximum number of waiting checks per connection. */
const WAITING_PER_CONNECTION = 64;

/**
 * Verifies passwords against the directory servers. Concurrent checks of the same credentials share one request. Valid
 * results are cached, and so are invalid ones, so that a phone that repeats a wrong password does not lock its user out.
 */
export class Directory {
  readonly #options: DirectoryOptions;
  readonly #salt = randomBytes(32);
  readonly #memory: ResultCache;
  readonly #underWay = new Map<string, Promise<DirectoryCheck>>();
  readonly #limiter: Limiter;
  readonly #downUntilMs = new Map<string, number>();

  constructor(options: DirectoryOptions) {
    this.#options = options;
    this.#memory = new ResultCache(options);
    const { maxConnections } = options;
    this.#limiter = new Limiter(maxConnections, maxConnections * WAITING_PER_CONNECTION);
  }

  /** The cached result; null if the directory must be asked. */
  recall(text: string, password: string): DirectoryCheck | null {
    const name = this.#parse(text, password);
    if (name === null) {
      return { outcome: "invalid" };
    }
    const result = this.#memory.recall(this.#fingerprint(name, password), this.#options.clock());
    if (result === null) {
      return null;
    }
    return result.outcome === "valid"
      ? { outcome: "valid", user: { name: text, sipAddress: result.sipAddress } }
      : result;
  }

  /** Verifies a user's password. Throws `unavailable` while no server answers. */
  async check(text: string, password: string): Promise<DirectoryCheck> {
    const known = this.recall(text, password);
    const name = this.#parse(text, password);
    if (known !== null || name === null) {
      return known ?? { outcome: "invalid" };
    }
    const key = this.#fingerprint(name, password);
    const underWay = this.#underWay.get(key);
    if (underWay !== undefined) {
      return underWay;
    }
    const asking = this.#ask(name, { text, password, key }).finally(() => {
      this.#underWay.delete(key);
    });
    this.#underWay.set(key, asking);
    return asking;
  }

  #parse(text: string, password: string): UserName | null {
    return password === "" ? null : parseUserName(text, this.#options.domains);
  }

  async #ask(
    name: UserName,
    {
      text,
      password,
      key,
    }: { readonly text: string; readonly password: string; readonly key: string },
  ): Promise<DirectoryCheck> {
    const answer = await this.#limiter.run(() =>
      this.#askServers({
        name,
        password,
        tryBind: (user, bind) => this.#tryBind(user, key, bind),
      }),
    );
    if (answer.outcome === "throttled") {
      return { outcome: "throttled", retryAfterSeconds: Math.ceil(answer.retryAfterMs / 1000) };
    }
    this.#memory.keep(key, answer, this.#options.clock());
    return answer.outcome === "valid"
      ? { outcome: "valid", user: { name: text, sipAddress: answer.sipAddress } }
      : answer;
  }

  /** Tries the servers in configured order until one answers. Any answer is final. */
  async #askServers(question: Question): Promise<DirectoryAnswer> {
    const { clock, servers } = this.#options;
    for (const server of servers) {
      if ((this.#downUntilMs.get(server.url) ?? 0) > clock()) {
        continue;
      }
      try {
        return await askServer(server, this.#options, question);
      } catch (error) {
        this.#backOff(server, error);
      }
    }
    const soonestMs = Math.min(...servers.map(({ url }) => this.#downUntilMs.get(url) ?? 0));
    throw new AppError("unavailable", "No directory server answers.", {
      retryAfterSeconds: Math.max(1, Math.ceil((soonestMs - clock()) / 1000)),
    });
  }

  #backOff({ url }: DirectoryServer, error: unknown): void {
    const isRefused = error instanceof ServiceAccountRefused;
    this.#downUntilMs.set(url, this.#options.clock() + (isRefused ? REFUSED_MS : DOWN_MS));
    log().warn({ err: error, url }, "Failed to ask a directory server");
  }

  /** A bind that fails without an answer may count as a wrong password in the directory, so it stays counted here. */
  async #tryBind(
    user: string,
    key: string,
    bind: () => Promise<boolean>,
  ): Promise<boolean | number> {
    const { budget, clock } = this.#options;
    const tried = await budget.take(user, this.#memory.wasRightBefore(key, clock()), clock());
    if (typeof tried === "number") {
      return tried;
    }
    const isRight = await bind();
    if (isRight) {
      await budget.release(tried);
    }
    return isRight;
  }

  /** The cache key. Memory holds neither the password nor data that allows guessing it outside of this process. */
  #fingerprint({ form, user, domain }: UserName, password: string): string {
    return createHmac("sha256", this.#salt)
      .update(JSON.stringify([form, user.toLowerCase(), domain, password]))
      .digest("base64");
  }
}
