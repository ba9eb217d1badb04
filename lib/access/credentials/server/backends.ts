import "server-only";
import { readFileSync } from "node:fs";
import { AppError } from "#foundation/core/errors";
import { toDirectoryConfiguration } from "#access/directory/configuration";
import type { PasswordBudgetOptions } from "#access/directory/password-budget";
import { Directory } from "#access/directory/server/directory";
import type { DirectoryBudget } from "#access/directory/server/shared-password-budget";
import { SharedPasswordBudget } from "#access/directory/server/shared-password-budget";
import { NtlmHandshakes } from "#access/ntlm/handshakes";
import { HelperPool } from "#access/ntlm/helper-pool";
import { env } from "#foundation/platform/env";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** The backends that verify credentials, in addition to accounts and device tokens. */
export type Backends = {
  readonly directory: Directory | null;
  readonly ntlm: NtlmHandshakes | null;
};

const HELPER_PROTOCOL = "--helper-protocol=squid-2.5-ntlmssp";
const HELPER_ANSWERS_WITHIN_MS = 10_000;
const HANDSHAKE_MS = 5_000;
const WAIT_FOR_HELPER_MS = 2_000;

/** The directory and NTLM, as configured. Throws `invalid_input` if the settings are inconsistent. */
export function backends(): Backends {
  return oncePerProcess("credential backends", () => {
    const settings = env();
    const configuration = toDirectoryConfiguration({
      ...settings,
      LDAP_BIND_PASSWORD:
        settings.LDAP_BIND_PASSWORD ?? readSecret(settings.LDAP_BIND_PASSWORD_FILE),
    });
    // Shared by both: a wrong password over NTLM counts towards locking the same account.
    const budget = lazyBudget({
      max: settings.LDAP_MAX_WRONG_PASSWORDS,
      windowMs: settings.LDAP_WRONG_PASSWORD_MINUTES * 60_000,
    });
    const ca = readText("LDAP_CA_FILE", settings.LDAP_CA_FILE);
    const directory =
      configuration === null
        ? null
        : new Directory({
            ...configuration,
            session: { timeoutMs: configuration.timeoutMs, ca },
            budget,
            clock: Date.now,
          });
    return { directory, ntlm: toNtlm(budget) };
  });
}

/** The settings are checked at the start, before the database is known. */
function lazyBudget(options: PasswordBudgetOptions): DirectoryBudget {
  let budget: SharedPasswordBudget | null = null;
  const opened = (): SharedPasswordBudget => (budget ??= new SharedPasswordBudget(options));
  return {
    take: (...attempt) => opened().take(...attempt),
    release: (tried) => opened().release(tried),
  };
}

function toNtlm(budget: DirectoryBudget): NtlmHandshakes | null {
  const { NTLM_HELPER, NTLM_HELPER_OPTIONS, NTLM_HELPERS } = env();
  if (NTLM_HELPER === undefined) {
    return null;
  }
  const pool = new HelperPool({
    command: {
      program: NTLM_HELPER,
      options: [HELPER_PROTOCOL, ...NTLM_HELPER_OPTIONS],
      answerWithinMs: HELPER_ANSWERS_WITHIN_MS,
    },
    most: NTLM_HELPERS,
    maxPerAddress: Math.max(1, Math.floor(NTLM_HELPERS / 2)),
    waitMs: WAIT_FOR_HELPER_MS,
    maxWaiting: NTLM_HELPERS * 16,
  });
  return new NtlmHandshakes({
    pool,
    handshakeMs: HANDSHAKE_MS,
    gate: async (user) => {
      // NTLM also allows `adamb@contoso.com`, which is the same user as `adamb`.
      const [name = ""] = user.split("@", 1);
      const tried = await budget.take(name, false, Date.now());
      return typeof tried === "number"
        ? { retryAfterSeconds: Math.ceil(tried / 1000) }
        : {
            settle: (isWrong) => {
              if (!isWrong) {
                void budget.release(tried);
              }
            },
          };
    },
  });
}

/** Removes one line break at the end: most editors add one to a file, and a password rarely ends with one. */
function readSecret(path: string | undefined): string | undefined {
  return readText("LDAP_BIND_PASSWORD_FILE", path)?.replace(/\r?\n$/, "");
}

function readText(setting: string, path: string | undefined): string | null {
  if (path === undefined) {
    return null;
  }
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new AppError("invalid_input", `${setting} must be a readable file.`, {
      cause: error,
    });
  }
}
