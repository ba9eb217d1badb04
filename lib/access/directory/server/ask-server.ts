import "server-only";
import type { Client, Entry } from "ldapts";
import {
  ConstraintViolationError,
  InappropriateAuthError,
  InvalidCredentialsError,
  InvalidDNSyntaxError,
  NoSuchObjectError,
  ResultCodeError,
} from "ldapts";
import type { DirectoryConfiguration, DirectoryServer } from "#access/directory/model";
import { isDisabled, readSipAddress, toBindName, toUserFilter } from "#access/directory/questions";
import type { SessionOptions } from "#access/directory/server/session";
import { withSession } from "#access/directory/server/session";
import type { UserName } from "#access/directory/user-name";
import { log } from "#foundation/platform/log";

export type DirectoryAnswer =
  | { readonly outcome: "valid"; readonly sipAddress: string | null }
  | { readonly outcome: "invalid" }
  | { readonly outcome: "throttled"; readonly retryAfterMs: number };

/** A user's own bind: true if it succeeds, false if refused, or the milliseconds to wait if throttled. */
export type TryBind = (user: string, bind: () => Promise<boolean>) => Promise<boolean | number>;

export type Question = {
  readonly name: UserName;
  readonly password: string;
  readonly tryBind: TryBind;
};

/** The directory refused the service account. This is a configuration error, not a user's wrong password. */
export class ServiceAccountRefused extends Error {}

/**
 * Asks one server about a user. Throws any error that prevents an answer. The answer is `valid` only if the user's own
 * bind succeeded.
 */
export function askServer(
  server: DirectoryServer,
  configuration: DirectoryConfiguration & { readonly session: SessionOptions },
  question: Question,
): Promise<DirectoryAnswer> {
  return withSession(server, configuration.session, (client) =>
    configuration.lookup.kind === "search"
      ? searchThenBind(client, configuration, question)
      : bindDirectly(client, configuration, question),
  );
}

async function searchThenBind(
  client: Client,
  configuration: DirectoryConfiguration,
  { name, password, tryBind }: Question,
): Promise<DirectoryAnswer> {
  const { lookup } = configuration;
  if (lookup.kind === "search") {
    await bindServiceAccount(client, lookup.bindDn, lookup.bindPassword);
  }
  const entry = await findUser(client, configuration, name);
  if (entry === null || isDisabled(textOf(entry, "userAccountControl"))) {
    return { outcome: "invalid" };
  }
  const user = textOf(entry, "sAMAccountName") ?? entry.dn;
  return toAnswer(
    await tryBind(user, () => isPasswordOf(client, entry.dn, password)),
    entry,
    configuration,
  );
}

async function bindDirectly(
  client: Client,
  configuration: DirectoryConfiguration,
  { name, password, tryBind }: Question,
): Promise<DirectoryAnswer> {
  const template = configuration.lookup.kind === "direct" ? configuration.lookup.template : "";
  const bound = await tryBind(name.user, () =>
    isPasswordOf(client, toBindName(name, template), password),
  );
  if (bound !== true || configuration.baseDn === null) {
    return toAnswer(bound, null, configuration);
  }
  const entry = await findUser(client, configuration, name);
  return entry === null || isDisabled(textOf(entry, "userAccountControl"))
    ? { outcome: "invalid" }
    : toAnswer(bound, entry, configuration);
}

function toAnswer(
  bound: boolean | number,
  entry: Entry | null,
  { sipAttribute }: DirectoryConfiguration,
): DirectoryAnswer {
  if (typeof bound === "number") {
    return { outcome: "throttled", retryAfterMs: bound };
  }
  const sip = entry === null ? null : textOf(entry, sipAttribute);
  return bound ? { outcome: "valid", sipAddress: readSipAddress(sip) } : { outcome: "invalid" };
}

async function bindServiceAccount(client: Client, dn: string, password: string): Promise<void> {
  try {
    await client.bind(dn, password);
  } catch (error) {
    if (error instanceof ResultCodeError) {
      throw new ServiceAccountRefused("The directory refuses LDAP_BIND_DN.", { cause: error });
    }
    throw error;
  }
}

/** The entry of that name; null if there is none or more than one. */
async function findUser(
  client: Client,
  configuration: DirectoryConfiguration,
  name: UserName,
): Promise<Entry | null> {
  const { searchEntries } = await client.search(configuration.baseDn ?? "", {
    scope: "sub",
    filter: toUserFilter(name, configuration),
    attributes: ["userAccountControl", "sAMAccountName", configuration.sipAttribute],
    sizeLimit: 2,
  });
  const [entry] = searchEntries;
  if (searchEntries.length > 1) {
    log().warn({ user: name.user }, "Refused a name that matches several directory users");
    return null;
  }
  return entry ?? null;
}

/** Errors that concern this user. Any other error means that the directory cannot answer. */
const REFUSALS = [
  InvalidCredentialsError,
  InappropriateAuthError,
  InvalidDNSyntaxError,
  NoSuchObjectError,
  ConstraintViolationError,
] as const;

async function isPasswordOf(client: Client, dn: string, password: string): Promise<boolean> {
  if (password === "") {
    // A bind without a password succeeds as anonymous (RFC 4513, 5.1.2).
    return false;
  }
  try {
    await client.bind(dn, password);
    return true;
  } catch (error) {
    if (REFUSALS.some((refusal) => error instanceof refusal)) {
      return false;
    }
    throw error;
  }
}

function textOf(entry: Entry, attribute: string): string | null {
  const key = Object.keys(entry).find((name) => name.toLowerCase() === attribute.toLowerCase());
  const value = key === undefined ? undefined : entry[key];
  const first = Array.isArray(value) ? value[0] : value;
  return first === undefined || first.length === 0 ? null : first.toString();
}
