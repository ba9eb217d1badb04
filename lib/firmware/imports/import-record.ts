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

/** An import as the API returns it: its facts, its state with data, and its phase, which tells whether to poll again. */
export type ImportRecord = ImportJob & {
  readonly phase: ImportPhase;
  /** For `needs_details`: suggestions to prefill the answer. */
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

/** The fields of the record that a page reads while it watches an import. */
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
