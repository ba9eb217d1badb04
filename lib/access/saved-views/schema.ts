import { z } from "zod";
import { MAX_VIEW_NAME_CHARS } from "#access/saved-views/model";
import { nameText } from "#foundation/core/name-text";

const MAX_QUERY_CHARS = 2_000;
const MAX_COLUMNS = 60;

/** The name of a table in the panel. Not a closed list, so that a new list has views at once. */
const listName = z.string().regex(/^[a-z][a-z-]{0,39}$/, "The name of a list, such as devices.");
const viewName = nameText(MAX_VIEW_NAME_CHARS);
const query = z
  .string()
  .max(MAX_QUERY_CHARS, `At most ${MAX_QUERY_CHARS} characters.`)
  .transform(withoutPage);
const columns = z.array(z.string().min(1).max(60)).max(MAX_COLUMNS).nullable();

export const listViewsQuery = z.strictObject({ list: listName });

export const createViewInput = z.strictObject({
  list: listName,
  name: viewName,
  query,
  columns: columns.default(null),
  isShared: z.boolean().default(false),
});
export type CreateViewInput = z.input<typeof createViewInput>;
export type ParsedCreateViewInput = z.output<typeof createViewInput>;

/** What is absent stays as it is. */
export const changeViewInput = z.strictObject({
  name: viewName.optional(),
  query: query.optional(),
  columns: columns.optional(),
  isShared: z.boolean().optional(),
  /** Whether the caller's list opens with this view. */
  isDefault: z.boolean().optional(),
});
export type ChangeViewInput = z.input<typeof changeViewInput>;
export type ParsedChangeViewInput = z.output<typeof changeViewInput>;

/** A view opens on its first page. */
function withoutPage(text: string): string {
  const parameters = new URLSearchParams(text);
  parameters.delete("page");
  return parameters.toString();
}
