"use client";

import { useTranslations } from "next-intl";
import type { ErrorCode, FieldError } from "#lib/core/errors";

/** What an action, a route or a report says of something that did not work. */
export type Failure = {
  readonly code: ErrorCode | "defect";
  readonly fields?: readonly FieldError[];
};

/** Puts a failure into the reader's language. A page that knows more about a code says it instead. */
export function useFailureText(): (
  failure: Pick<Failure, "code">,
  own?: Readonly<Partial<Record<Failure["code"], string>>>,
) => string {
  const t = useTranslations("errors.codes");
  return ({ code }, own = {}) => own[code] ?? t(code);
}

/** Whether a schema refused this field; the sentence about it is the form's. */
export function isRefused(failure: Failure | null, field: string): boolean {
  return failure?.fields?.some(({ path }) => path === field) === true;
}
