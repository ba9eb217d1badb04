import "server-only";

import type { Vocabulary } from "#formats/cab/description/model";
import { db } from "#foundation/platform/db/client";
import { findTypes } from "#firmware/rules/server/vocabulary-store";

/** The device types and update types of all rules. An import uses them to interpret a `type`. */
export async function findVocabularyUnchecked(): Promise<Vocabulary> {
  return findTypes(db);
}
