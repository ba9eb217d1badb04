"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ErrorCode, RefusedField } from "#foundation/core/errors";
import type { RefusalReason } from "#foundation/core/refusal-reason";
import { toReasonValues } from "#foundation/i18n/reason-values";

/** What an action, a route or a report says of something that did not work. */
export type Failure = {
  readonly code: ErrorCode | "defect";
  readonly fields?: readonly RefusedField[];
  readonly reason?: RefusalReason | null;
};

/**
 * Puts a failure into the reader's language: the reason where there is one, else the code. A page that knows more about
 * a code says it instead.
 */
export function useFailureText(): (
  failure: Pick<Failure, "code" | "reason">,
  own?: Readonly<Partial<Record<Failure["code"], string>>>,
) => string {
  const t = useTranslations("errors");
  const locale = useLocale();
  return ({ code, reason = null }, own = {}) =>
    reason === null
      ? (own[code] ?? t(`codes.${code}`))
      : t(`reasons.${reason.code}`, toReasonValues(reason, locale));
}

/** Whether a schema refused this field; the sentence about it is the form's. */
export function isRefused(failure: Failure | null, field: string): boolean {
  return failure?.fields?.some(({ path }) => path === field) === true;
}
