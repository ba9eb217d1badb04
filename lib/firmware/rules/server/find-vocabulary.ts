import "server-only";

import type { Vocabulary } from "#formats/cab/description/model";
import { db } from "#foundation/platform/db/client";
import { findTypes } from "#firmware/rules/server/vocabulary-store";

/** The device types and update types that rules have, in all pools: what an import may take a `type` for. */
export async function findVocabularyUnchecked(): Promise<Vocabulary> {
  return findTypes(db);
}
