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
  /** A SIP address as the phone wrote it. */
  readonly user: string | null;
  /** Whose credentials came with it; null inside the firewall, where nobody is asked for any. */
  readonly caller: Caller | null;
};

/**
 * Where the phone of a user finds updates. From memory alone: a fleet that signs in after a power cut does not reach the
 * database. Outside the firewall people learn about themselves only, and cannot tell who else there is; a device token is
 * nobody's.
 */
export function provisionUser({ user, caller }: ProvisioningRequest): Provisioning {
  if (caller?.kind === "device_token") {
    throw new AppError(
      "forbidden",
      "A device token belongs to no user. Bring the name and password of the user who asks.",
    );
  }
  const sipAddress = user === null ? null : readSipAddress(user);
  if (sipAddress === null) {
    throw new AppError("invalid_input", "Name the user with ?user=adamb@contoso.com.");
  }
  const home = findKnownHome(sipAddress);
  const userName = home?.userName ?? "";
  if (caller !== null && !isOwnAddress({ caller, sipAddress, userName, domains: knownDomains() })) {
    throw new AppError("forbidden", "Outside the firewall users may ask for themselves only.");
  }
  const pool = requireHomePool(sipAddress, home);
  const { isEnabled, disabledPoolIds } = currentProvisioningSwitch();
  return {
    internalUrl: toHandlerUrl(pool.internalBaseUrl, "internal"),
    externalUrl: toHandlerUrl(pool.externalBaseUrl, "external"),
    isEnabled: isEnabled && !disabledPoolIds.includes(pool.id),
  };
}

/** The domains that users of this service have: the SIP domains of its pools, and those of the directory. */
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
