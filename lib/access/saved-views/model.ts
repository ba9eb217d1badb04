import { z } from "zod";

/** A named selection of a list, as a person sees it. */
export const savedView = z.object({
  id: z.uuid(),
  list: z.string(),
  name: z.string(),
  /** The query of the list's URL, without the page. A stored view may name filters that no longer exist. */
  query: z.string(),
  /** The ids of the visible columns; null: the view does not change them. */
  columns: z.array(z.string()).readonly().nullable(),
  isShared: z.boolean(),
  ownerName: z.string(),
  /** Whether the reader may rename, share and remove it. */
  isChangeable: z.boolean(),
  /** Whether the list opens with it for the reader. */
  isDefault: z.boolean(),
});
export type SavedView = Readonly<z.output<typeof savedView>>;

/** The answer of `GET /api/views`. */
export const savedViews = z.object({
  views: z.array(savedView).readonly(),
  mayShare: z.boolean(),
});
export type SavedViews = Readonly<z.output<typeof savedViews>>;
