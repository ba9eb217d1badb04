import type { ErrorCode } from "#foundation/core/errors";
import { readProblem } from "#foundation/core/read-problem";
import type { SavedViews } from "#access/saved-views/model";
import { savedViews } from "#access/saved-views/model";
import type { ChangeViewInput, CreateViewInput } from "#access/saved-views/schema";

/** The answer of the server: failures are values, because menus and dialogs show them. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: ErrorCode | "defect" };

export function fetchViews(list: string): Promise<Answer<SavedViews>> {
  const path = `/api/views?list=${encodeURIComponent(list)}`;
  return ask({ method: "GET", path }, (body) => savedViews.parse(body));
}

export function createView(input: CreateViewInput): Promise<Answer<void>> {
  return ask({ method: "POST", path: "/api/views", input }, () => undefined);
}

export function changeView(id: string, input: ChangeViewInput): Promise<Answer<void>> {
  return ask({ method: "PATCH", path: `/api/views/${id}`, input }, () => undefined);
}

export function removeView(id: string): Promise<Answer<void>> {
  return ask({ method: "DELETE", path: `/api/views/${id}` }, () => undefined);
}

type Question = { readonly method: string; readonly path: string; readonly input?: object };

async function ask<T>(
  { method, path, input }: Question,
  read: (body: unknown) => T,
): Promise<Answer<T>> {
  try {
    const response = await fetch(path, {
      method,
      ...(input === undefined
        ? {}
        : { headers: { "content-type": "application/json" }, body: JSON.stringify(input) }),
    });
    const body: unknown = response.status === 204 ? null : await response.json();
    return response.ok
      ? { ok: true, value: read(body) }
      : { ok: false, code: readProblem(body)?.code ?? "defect" };
  } catch {
    // The connection was lost, or the answer is not that of this service.
    return { ok: false, code: "defect" };
  }
}
