import { z } from "zod";
import { queryValues } from "#foundation/core/query-values";
import { searchText } from "#foundation/core/search-text";
import { wholeNumberText } from "#foundation/core/whole-number-text";
import type { ImportJob, ImportProgress, ImportState } from "#firmware/imports/model";
import { IMPORT_STATES } from "#firmware/imports/model";
import { IMPORT_SORT_COLUMNS } from "#firmware/imports/search-params";
import type { MemberSuggestion } from "#firmware/imports/suggest-details";
import type { ImportPhase } from "#firmware/imports/transitions";
import { phaseOf } from "#firmware/imports/transitions";

/** An import as the API shows it: what is known, what belongs to its state, and whether to ask again. */
export type ImportRecord = ImportJob & {
  readonly phase: ImportPhase;
  /** For `needs_details`: what the answer may start from. */
  readonly suggestions: readonly MemberSuggestion[];
};

export function toImportRecord(
  job: ImportJob,
  suggestions: readonly MemberSuggestion[] = [],
): ImportRecord {
  return { ...job, phase: phaseOf(job.state), suggestions };
}

/** The query of `GET /api/imports`. */
export const importQuery = z.strictObject({
  q: searchText,
  state: queryValues.pipe(z.array(z.enum(IMPORT_STATES))),
  sort: z.enum(IMPORT_SORT_COLUMNS).default("createdAt"),
  order: z.enum(["asc", "desc"]).default("desc"),
  page: wholeNumberText.pipe(z.number().min(1)).default(1),
});

/** What a page that watches an import reads of its record. */
export const watchedImport = z.object({
  id: z.uuid(),
  state: z.enum(IMPORT_STATES),
  progress: z
    .object({ bytesDone: z.number(), bytesTotal: z.number(), currentEntry: z.string() })
    .optional(),
}) satisfies z.ZodType<{
  readonly id: string;
  readonly state: ImportState;
  readonly progress?: ImportProgress | undefined;
}>;
export type WatchedImport = Readonly<z.infer<typeof watchedImport>>;
