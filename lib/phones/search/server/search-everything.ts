import "server-only";
import type { DeviceSummary } from "#fleet/devices/model";
import { EVERY_DEVICE } from "#fleet/devices/search-params";
import { findKnownDevices } from "#fleet/devices/server/read-inventory";
import { EVERY_RETIRED } from "#fleet/devices/retired-search-params";
import { listRetiredPhones } from "#fleet/devices/server/list-retired-phones";
import { listPools } from "#fleet/pools/server/list-pools";
import { findRulesByWords } from "#firmware/rules/server/find-rules-by-words";
import { may, requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { EVERY_ROLL_OUT } from "#phones/roll-outs/search-params";
import { listRollOuts } from "#phones/roll-outs/server/list-roll-outs";
import { matchesWords } from "#phones/search/match-words";
import type { SearchResults } from "#phones/search/model";
import { MAX_RESULTS } from "#phones/search/model";
import type { SearchQuery } from "#phones/search/search-query";

type FoundPhone = Pick<
  DeviceSummary,
  "id" | "hardware" | "macAddress" | "serialNumber" | "address" | "userName" | "version"
>;

/**
 * The first phones (retired ones last), rules, roll-outs and pools that match a text, each as its list finds them and nothing counted. What
 * the actor may not list is left out.
 */
export async function searchEverything(
  context: UseCaseContext,
  { q }: SearchQuery,
): Promise<SearchResults> {
  requirePermission(context.actor, "rule:read");
  const [phones, rules, rollOuts, pools] = await Promise.all([
    may(context.actor, "device:read") ? findPhones(context, q) : [],
    findRulesByWords(context, q, MAX_RESULTS.rules),
    listRollOuts(context, { ...EVERY_ROLL_OUT, q }, { size: MAX_RESULTS.rollOuts }),
    may(context.actor, "pool:read") ? listPools(context) : [],
  ]);
  return {
    phones,
    rules: rules.map(({ id, hardware, updateType, poolFqdn, approved, pending }) => ({
      id,
      brand: hardware.brand,
      model: hardware.model,
      revision: hardware.revision,
      locale: hardware.locale,
      updateType,
      pool: poolFqdn,
      approvedVersion: approved?.version ?? null,
      pendingVersion: pending?.version ?? null,
    })),
    rollOuts: rollOuts.rollOuts.map(
      ({ id, hardware, updateType, poolFqdn, toVersion, status }) => ({
        id,
        brand: hardware.brand,
        model: hardware.model,
        updateType,
        pool: poolFqdn,
        version: toVersion,
        state: status,
      }),
    ),
    pools: pools
      .filter(({ fqdn, siteName }) => matchesWords(`${fqdn} ${siteName}`, q))
      .slice(0, MAX_RESULTS.pools)
      .map(({ fqdn, siteName }) => ({ fqdn, site: siteName })),
  };
}

async function findPhones(context: UseCaseContext, q: string): Promise<SearchResults["phones"]> {
  const { sort, order } = EVERY_DEVICE;
  const filter = { ...EVERY_DEVICE, q, selection: null, rollOut: null, ids: null };
  const window = { sort, order, skip: 0, take: MAX_RESULTS.phones };
  const listed = await findKnownDevices(context, filter, window);
  const places = MAX_RESULTS.phones - listed.length;
  const retired =
    places === 0
      ? []
      : (await listRetiredPhones(context, { ...EVERY_RETIRED, q }, { size: places })).devices;
  return [...listed.map(toFoundPhone(false)), ...retired.map(toFoundPhone(true))];
}

function toFoundPhone(isRetired: boolean) {
  return ({
    id,
    hardware,
    macAddress,
    serialNumber,
    address,
    userName,
    version,
  }: FoundPhone): SearchResults["phones"][number] => ({
    id,
    model: hardware.model,
    macAddress,
    serialNumber,
    address,
    userName,
    version,
    isRetired,
  });
}
