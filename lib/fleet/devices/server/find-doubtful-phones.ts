import "server-only";
import { PAGE_SIZE, findPage } from "#foundation/core/paging";
import type { Paged } from "#foundation/core/paging";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import { env } from "#foundation/platform/env";
import type {
  ArrivalHours,
  Conflicts,
  DoubtfulPhone,
  NetworkArrivals,
} from "#fleet/devices/conflicts";
import type { Side } from "#fleet/devices/model";
import {
  findBriefArrivalIds,
  findGhostIds,
  findGhosts,
  findNetworkArrivals,
  findSharedAddresses,
  findSharedSerials,
} from "#fleet/devices/server/conflict-store";
import { HOUR_MS } from "#foundation/core/time";

const MAX_SHOWN = 200;
/** A ghost missed this many check intervals. */
const INTERVALS_OF_SILENCE = 3;

/** Phones that share a MAC address, and serial numbers that several rows have. */
export async function findConflicts(context: UseCaseContext): Promise<Conflicts> {
  requirePermission(context.actor, "device:read");
  const [sharedAddresses, sharedSerials] = await Promise.all([
    findSharedAddresses(db, MAX_SHOWN),
    findSharedSerials(db, MAX_SHOWN),
  ]);
  return { sharedAddresses, sharedSerials };
}

/** One page of the phones that checked within one hour only and never again: invented ones, or a passing visitor. */
export async function listGhosts(
  context: UseCaseContext,
  { page }: { readonly page: number },
): Promise<Paged<{ readonly phones: readonly DoubtfulPhone[] }>> {
  requirePermission(context.actor, "device:read");
  return findPage(page, PAGE_SIZE, (window) =>
    findGhosts(db, ghostsSilentBefore(context.now), window),
  );
}

/** The ids of all ghosts, at most `most`. */
export async function findGhostPhoneIds(
  context: UseCaseContext,
  most: number,
): Promise<readonly string[]> {
  requirePermission(context.actor, "device:read");
  return findGhostIds(db, ghostsSilentBefore(context.now), most);
}

/** The networks with the most new phones within the last hours. */
export async function listNetworkArrivals(
  context: UseCaseContext,
  hours: ArrivalHours,
): Promise<readonly NetworkArrivals[]> {
  requirePermission(context.actor, "device:read");
  return findNetworkArrivals(db, arrivedSince(context.now, hours), MAX_SHOWN);
}

/** The ids of the phones that arrived from a network within the last hours and checked within one hour only. */
export async function findBriefArrivalPhoneIds(
  context: UseCaseContext,
  {
    hours,
    ...from
  }: { readonly side: Side; readonly network: string; readonly hours: ArrivalHours },
  most: number,
): Promise<readonly string[]> {
  requirePermission(context.actor, "device:read");
  return findBriefArrivalIds(db, { ...from, since: arrivedSince(context.now, hours) }, most);
}

function arrivedSince(now: Date, hours: ArrivalHours): Date {
  return new Date(now.getTime() - hours * HOUR_MS);
}

/** A phone that checked within one hour only, and not since this time, is a ghost. */
export function ghostsSilentBefore(now: Date): Date {
  return new Date(now.getTime() - INTERVALS_OF_SILENCE * env().NEXT_CHECK_SECONDS * 1000);
}
