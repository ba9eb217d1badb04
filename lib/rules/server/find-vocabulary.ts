import "server-only";

import type { Vocabulary } from "#lib/cab/description/model";
import { db } from "#lib/platform/db/client";
import { findTypes } from "#lib/rules/server/vocabulary-store";

/** The device types and update types that rules have, in all pools: what an import may take a `type` for. */
export async function findVocabularyUnchecked(): Promise<Vocabulary> {
  return findTypes(db);
}
