import "server-only";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import { siteKey } from "#fleet/sites/model";
import { findSiteNames } from "#fleet/sites/server/store";

/** The first name that no site has, as `siteKey` compares them; null if each name belongs to a site. */
export async function findUnknownSite(
  context: UseCaseContext,
  names: readonly string[],
): Promise<string | null> {
  requirePermission(context.actor, "pool:read");
  return firstUnknown(names);
}

/**
 * Refuses a filter by an unknown site, because an empty list would look like a valid answer. The caller checks the
 * permission before or after this call, but before it answers.
 */
export async function requireKnownSitesUnchecked(names: readonly string[]): Promise<void> {
  const unknown = await firstUnknown(names);
  if (unknown !== null) {
    const message = `There is no site named ${unknown}.`;
    throw new AppError("invalid_input", message, {
      fields: [{ path: "query.site", message }],
    });
  }
}

async function firstUnknown(names: readonly string[]): Promise<string | null> {
  if (names.length === 0) {
    return null;
  }
  const known = new Set((await findSiteNames(db)).map(({ name }) => siteKey(name)));
  return names.find((name) => !known.has(siteKey(name))) ?? null;
}
