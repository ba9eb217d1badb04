import "server-only";
import type { KnownPhone } from "#fleet/devices/model";
import { findSitesOfPhones } from "#fleet/devices/server/find-sites-of-phones";
import type { PlacedPhone } from "#firmware/rules/test-phone";
import type { UseCaseContext } from "#foundation/core/use-case-context";

/** Adds to each phone the site where it is. */
export async function placePhones(
  context: UseCaseContext,
  phones: readonly KnownPhone[],
): Promise<readonly PlacedPhone[]> {
  const ids = phones.map(({ id }) => id);
  const sites = await findSitesOfPhones(context, ids);
  return phones.map((phone) => ({ ...phone, siteName: sites.get(phone.id) ?? null }));
}
