import type { ActionResult } from "#access/auth/action-result";
import type { MergePreview, MergeReport } from "#phones/merges/model";
import type { MergeInput, PreviewMergeInput } from "#phones/merges/schema";

/** The actions of a person who may merge phones. */
export type MergeActions = {
  readonly preview: (input: PreviewMergeInput) => Promise<ActionResult<MergePreview>>;
  readonly merge: (input: MergeInput) => Promise<ActionResult<MergeReport>>;
};
