export const MAX_VIEW_NAME_CHARS = 80;

/** A named selection of a list, as a person sees it. */
export type SavedView = {
  readonly id: string;
  readonly list: string;
  readonly name: string;
  /** The query of the list's URL, without the page. A stored view may name filters that no longer exist. */
  readonly query: string;
  /** The ids of the visible columns; null: the view does not change them. */
  readonly columns: readonly string[] | null;
  readonly isShared: boolean;
  readonly ownerName: string;
  /** Whether the reader may rename, share and remove it. */
  readonly isChangeable: boolean;
  /** Whether the list opens with it for the reader. */
  readonly isDefault: boolean;
};

/** The answer of `GET /api/views`. */
export type SavedViews = {
  readonly views: readonly SavedView[];
  readonly mayShare: boolean;
};
