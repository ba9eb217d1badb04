import { AppError } from "#foundation/core/errors";
import { isLoopbackHost } from "#foundation/core/host-name";
import type { DirectoryConfiguration, DirectoryServer, Lookup } from "#access/directory/model";
import type { UserDomain } from "#access/directory/user-name";

/** The directory settings as an administrator writes them. `docs/outside.md` documents them. */
export type DirectorySettings = {
  readonly LDAP_URLS: readonly string[];
  readonly LDAP_STARTTLS: boolean;
  readonly LDAP_ALLOW_PLAINTEXT: boolean;
  readonly LDAP_BASE_DN?: string | undefined;
  readonly LDAP_BIND_DN?: string | undefined;
  readonly LDAP_BIND_PASSWORD?: string | undefined;
  readonly LDAP_BIND_TEMPLATE?: string | undefined;
  readonly LDAP_USER_FILTER?: string | undefined;
  readonly LDAP_SIP_ATTRIBUTE: string;
  readonly LDAP_DOMAINS: readonly UserDomain[];
  readonly LDAP_TIMEOUT_MS: number;
  readonly LDAP_CACHE_SECONDS: number;
  readonly LDAP_MAX_CONNECTIONS: number;
  readonly LDAP_MAX_WRONG_PASSWORDS: number;
  readonly LDAP_WRONG_PASSWORD_MINUTES: number;
};

/** The configuration from the settings; null without a directory. Throws `invalid_input` if they are inconsistent. */
export function toDirectoryConfiguration(
  settings: DirectorySettings,
): DirectoryConfiguration | null {
  if (settings.LDAP_URLS.length === 0) {
    return null;
  }
  return {
    servers: settings.LDAP_URLS.map((url) => toServer(url, settings)),
    lookup: toLookup(settings),
    baseDn: settings.LDAP_BASE_DN ?? null,
    userFilter: settings.LDAP_USER_FILTER ?? null,
    sipAttribute: settings.LDAP_SIP_ATTRIBUTE,
    domains: settings.LDAP_DOMAINS,
    timeoutMs: settings.LDAP_TIMEOUT_MS,
    cacheMs: settings.LDAP_CACHE_SECONDS * 1000,
    maxConnections: settings.LDAP_MAX_CONNECTIONS,
    wrongPasswords: {
      max: settings.LDAP_MAX_WRONG_PASSWORDS,
      windowMs: settings.LDAP_WRONG_PASSWORD_MINUTES * 60_000,
    },
  };
}

/** Refuses unencrypted connections, except on loopback or if an administrator allows them explicitly. */
function toServer(
  url: string,
  { LDAP_STARTTLS, LDAP_ALLOW_PLAINTEXT }: DirectorySettings,
): DirectoryServer {
  const { protocol, hostname } = new URL(url);
  const isPlain = protocol === "ldap:" && !LDAP_STARTTLS;
  if (isPlain && !LDAP_ALLOW_PLAINTEXT && !isLoopbackHost(hostname)) {
    throw new AppError(
      "invalid_input",
      `LDAP_URLS: ${url} would send passwords in the clear. Use ldaps://, set LDAP_STARTTLS=true, or allow it with LDAP_ALLOW_PLAINTEXT=true.`,
    );
  }
  return { url, isStartTls: protocol === "ldap:" && LDAP_STARTTLS };
}

function toLookup(settings: DirectorySettings): Lookup {
  const { LDAP_BIND_DN, LDAP_BIND_PASSWORD, LDAP_BIND_TEMPLATE, LDAP_BASE_DN } = settings;
  if (LDAP_BIND_TEMPLATE !== undefined) {
    if (LDAP_BIND_DN !== undefined) {
      throw new AppError(
        "invalid_input",
        "LDAP_BIND_DN and LDAP_BIND_TEMPLATE exclude each other.",
      );
    }
    return { kind: "direct", template: LDAP_BIND_TEMPLATE };
  }
  if (LDAP_BIND_DN === undefined || LDAP_BASE_DN === undefined) {
    throw new AppError(
      "invalid_input",
      "LDAP_URLS needs LDAP_BIND_DN and LDAP_BASE_DN, or LDAP_BIND_TEMPLATE.",
    );
  }
  // With an empty password, the directory would treat the bind as anonymous (RFC 4513, 5.1.2).
  if (LDAP_BIND_PASSWORD === undefined || LDAP_BIND_PASSWORD === "") {
    throw new AppError(
      "invalid_input",
      "LDAP_BIND_DN needs LDAP_BIND_PASSWORD or LDAP_BIND_PASSWORD_FILE.",
    );
  }
  return { kind: "search", bindDn: LDAP_BIND_DN, bindPassword: LDAP_BIND_PASSWORD };
}
