import type { SavedView, SavedViews } from "#access/saved-views/model";

/**
 * Reads the answer of `GET /api/views`; null for any other body. By hand, because every list of the panel asks for its
 * views, and a schema would add 32 kB of zod to its scripts.
 */
export function readSavedViews(body: unknown): SavedViews | null {
  return isRecord(body) &&
    typeof body.mayShare === "boolean" &&
    Array.isArray(body.views) &&
    body.views.every(isSavedView)
    ? { views: body.views, mayShare: body.mayShare }
    : null;
}

function isSavedView(value: unknown): value is SavedView {
  return (
    isRecord(value) &&
    [value.id, value.list, value.name, value.query, value.ownerName].every(isText) &&
    [value.isShared, value.isChangeable, value.isDefault].every((it) => typeof it === "boolean") &&
    (value.columns === null || (Array.isArray(value.columns) && value.columns.every(isText)))
  );
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
