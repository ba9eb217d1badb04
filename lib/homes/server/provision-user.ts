import "server-only";
import type { CheckPool } from "#lib/check/model";
import { currentRuleTable } from "#lib/check/server/rule-table-loader";
import { AppError } from "#lib/core/errors";
import { decideHome } from "#lib/homes/decide-home";
import { isOwnAddress } from "#lib/homes/is-own-address";
import type { KnownHome } from "#lib/homes/model";
import { findKnownHome } from "#lib/homes/server/home-table";
import { currentProvisioningSwitch } from "#lib/homes/server/provisioning-switch";
import { readSipAddress } from "#lib/homes/sip-address";
import type { Provisioning } from "#lib/protocol/provisioning-xml";
import { toHandlerUrl } from "#lib/protocol/provisioning-xml";

export type ProvisioningRequest = {
  /** A SIP address as the phone wrote it. */
  readonly user: string | null;
  /** Whose credentials came with it; null inside the firewall, where nobody is asked for any. */
  readonly callerName: string | null;
};

/**
 * Where the phone of a user finds updates. From memory alone: a fleet that signs in after a power cut does not reach the
 * database. Outside the firewall people learn about themselves only, and cannot tell who else there is.
 */
export function provisionUser({ user, callerName }: ProvisioningRequest): Provisioning {
  const sipAddress = user === null ? null : readSipAddress(user);
  if (sipAddress === null) {
    throw new AppError("invalid_input", "Name the user with ?user=adamb@contoso.com.");
  }
  const home = findKnownHome(sipAddress);
  const userName = home?.userName ?? "";
  if (callerName !== null && !isOwnAddress({ callerName, sipAddress, userName })) {
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
