import "server-only";
import type { CheckPool } from "#phones/check/model";
import { currentRuleTable } from "#phones/check/server/rule-table-loader";
import { AppError } from "#foundation/core/errors";
import type { Caller } from "#access/credentials/model";
import { decideHome } from "#phones/home-pools/decide-home";
import type { UserDomain } from "#access/directory/user-name";
import { isOwnAddress } from "#phones/home-pools/is-own-address";
import type { KnownHome } from "#phones/home-pools/model";
import { findKnownHome } from "#phones/home-pools/server/home-table";
import { currentProvisioningSwitch } from "#phones/home-pools/server/provisioning-switch";
import { readSipAddress } from "#phones/home-pools/sip-address";
import { env } from "#foundation/platform/env";
import type { Provisioning } from "#formats/protocol/provisioning-xml";
import { toHandlerUrl } from "#formats/protocol/provisioning-xml";

export type ProvisioningRequest = {
  /** A SIP address as the phone sent it. */
  readonly user: string | null;
  /** The owner of the credentials; null inside the firewall, where none are required. */
  readonly caller: Caller | null;
};

/**
 * Returns the URLs where the phone of a user finds updates. Uses memory only, so that a fleet that signs in after a power
 * cut causes no database queries. Outside the firewall, users get an answer about themselves only, and the refusal does
 * not show whether another user exists. A device token belongs to no user and is refused.
 */
export function provisionUser({ user, caller }: ProvisioningRequest): Provisioning {
  if (caller?.kind === "device_token") {
    throw new AppError(
      "forbidden",
      "A device token belongs to no user. Send the name and password of the user instead.",
    );
  }
  const sipAddress = user === null ? null : readSipAddress(user);
  if (sipAddress === null) {
    throw new AppError("invalid_input", "Name the user with ?user=adamb@contoso.com.");
  }
  const home = findKnownHome(sipAddress);
  const userName = home?.userName ?? "";
  if (caller !== null && !isOwnAddress({ caller, sipAddress, userName, domains: knownDomains() })) {
    throw new AppError("forbidden", "Outside the firewall, users may ask about themselves only.");
  }
  const pool = requireHomePool(sipAddress, home);
  const { isEnabled, disabledPoolIds } = currentProvisioningSwitch();
  return {
    internalUrl: toHandlerUrl(pool.internalBaseUrl, "internal"),
    externalUrl: toHandlerUrl(pool.externalBaseUrl, "external"),
    isEnabled: isEnabled && !disabledPoolIds.includes(pool.id),
  };
}

/** The domains of the users of this service: the SIP domains of its pools and the domains of the directory. */
function knownDomains(): readonly UserDomain[] {
  const tables = [...currentRuleTable().pools.values()];
  const ofPools = tables.flatMap(({ pool }) => pool.sipDomains);
  return [
    ...ofPools.map((name) => ({ short: null, dns: name.toLowerCase() })),
    ...env().LDAP_DOMAINS,
  ];
}

function requireHomePool(sipAddress: string, home: KnownHome | null): CheckPool {
  const { pools, defaultPool } = currentRuleTable();
  const pool = decideHome({
    sipAddress,
    assignedPoolId: home?.poolId ?? null,
    pools: [...pools.values()].map((table) => table.pool),
    defaultPool: defaultPool?.pool ?? null,
  });
  if (pool === null) {
    throw new AppError("not_found", "There is no pool for this user.");
  }
  return pool;
}
