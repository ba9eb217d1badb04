import type { FailureCode } from "#components/ui/use-failure-text";
import { readProblemCode } from "#foundation/core/problem-code";
import type { SavedViews } from "#access/saved-views/model";
import { readSavedViews } from "#access/saved-views/read-saved-views";
import type { ChangeViewInput, CreateViewInput } from "#access/saved-views/schema";

/** The answer of the server: failures are values, because menus and dialogs show them. */
export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: FailureCode };

export function fetchViews(list: string): Promise<Answer<SavedViews>> {
  const path = `/api/views?list=${encodeURIComponent(list)}`;
  return ask({ method: "GET", path }, readSavedViews);
}

export function createView(input: CreateViewInput): Promise<Answer<undefined>> {
  return ask({ method: "POST", path: "/api/views", input }, () => undefined);
}

export function changeView(id: string, input: ChangeViewInput): Promise<Answer<undefined>> {
  return ask({ method: "PATCH", path: `/api/views/${id}`, input }, () => undefined);
}

export function removeView(id: string): Promise<Answer<undefined>> {
  return ask({ method: "DELETE", path: `/api/views/${id}` }, () => undefined);
}

type Question = { readonly method: string; readonly path: string; readonly input?: object };

async function ask<T>(
  { method, path, input }: Question,
  read: (body: unknown) => T | null,
): Promise<Answer<T>> {
  try {
    const response = await fetch(path, {
      method,
      ...(input === undefined
        ? {}
        : { headers: { "content-type": "application/json" }, body: JSON.stringify(input) }),
    });
    const body: unknown = response.status === 204 ? null : await response.json();
    if (!response.ok) {
      return { ok: false, code: readProblemCode(body) };
    }
    const value = read(body);
    return value === null ? { ok: false, code: "defect" } : { ok: true, value };
  } catch {
    // The connection was lost, or the answer is not that of this service.
    return { ok: false, code: "unreachable" };
  }
}
