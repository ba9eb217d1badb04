import { AppError } from "#foundation/core/errors";
import { serviceIdentity } from "#firmware/rules/model";

const BARE_GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const RULE_IDENTITY =
  /^service:webserver:([^/\s]+)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
const SERVICE_IDENTITY = /^service:webserver:([^/\s]+)$/i;
const TEST_DEVICE_IDENTITY = /^(?:(global)|site:([^/]+))(?:\/([^/]+))?$/i;

/** A rule as it was named on the command line. */
export type NamedRule = {
  /** The text as it was given, for messages. */
  readonly identity: string;
  readonly ruleId: string;
  /** Null if only the GUID was given. */
  readonly poolFqdn: string | null;
};

/** Parses `service:WebServer:<fqdn>/<guid>`, without regard to case, or the GUID alone. */
export function parseRuleIdentity(identity: string): NamedRule {
  const trimmed = identity.trim();
  const [, poolFqdn, guid] = RULE_IDENTITY.exec(trimmed) ?? [];
  if (poolFqdn !== undefined && guid !== undefined) {
    return {
      identity: trimmed,
      ruleId: guid.toLowerCase(),
      poolFqdn: poolFqdn.toLowerCase(),
    };
  }
  if (BARE_GUID.test(trimmed)) {
    return { identity: trimmed, ruleId: trimmed.toLowerCase(), poolFqdn: null };
  }
  throw new AppError(
    "invalid_input",
    `${quote(trimmed)} is not the identity of a rule, such as ${serviceIdentity("pool01.contoso.com")}/2de8cbf6-9441-4f61-b755-1e4bef1effde.`,
  );
}

/** Extracts the pool's name from `service:WebServer:<fqdn>`. Returns other text unchanged. */
export function parsePoolName(text: string): string {
  const trimmed = text.trim();
  return (SERVICE_IDENTITY.exec(trimmed)?.[1] ?? trimmed).toLowerCase();
}

/** A test device as it was named on the command line. Where `name` is null, all devices of the scope. */
export type NamedTestDevice = {
  /** Null means the global scope. */
  readonly siteName: string | null;
  readonly name: string | null;
};

/** Parses `global/<name>`, `site:<site>/<name>`, `global` or `site:<site>`. */
export function parseTestDeviceIdentity(identity: string): NamedTestDevice {
  const match = TEST_DEVICE_IDENTITY.exec(identity.trim());
  if (match === null) {
    throw new AppError(
      "invalid_input",
      `${quote(identity)} is not the identity of a test device, such as global/Lobby or site:Redmond/Lobby.`,
    );
  }
  const [, , siteName, name] = match;
  return { siteName: siteName?.trim() ?? null, name: name?.trim() ?? null };
}

function quote(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}
