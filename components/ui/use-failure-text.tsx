"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ErrorCode, RefusedField } from "#foundation/core/errors";
import type { RefusalReason } from "#foundation/core/refusal-reason";
import { toReasonValues } from "#foundation/i18n/reason-values";

/**
 * `unreachable`: there was no answer of this service, so the change may or may not have been made. `outdated`: the page is
 * of an earlier version of the service, which has refused the change.
 */
export type FailureCode = ErrorCode | "defect" | "unreachable" | "outdated";

/** The failure of an action, a route or one item of a report. */
export type Failure = {
  readonly code: FailureCode;
  readonly fields?: readonly RefusedField[];
  readonly reason?: RefusalReason | null;
};

type Translatable = Pick<Failure, "code" | "reason">;
export type OwnTexts = Readonly<Partial<Record<Failure["code"], string>>>;

/**
 * Translates a failure: the reason if there is one, else the code. A page can replace the messages of codes with more
 * specific ones.
 */
export function useFailureText(): (failure: Translatable, own?: OwnTexts) => string {
  const t = useTranslations("errors");
  const locale = useLocale();
  return ({ code, reason = null }, own = {}) =>
    reason === null
      ? (own[code] ?? t(`codes.${code}`))
      : t(`reasons.${reason.code}`, toReasonValues(reason, locale));
}

/** Like `useFailureText`. After the end of a session, a link to sign in beside the page, so that nothing typed is lost. */
export function useFailureMessage(): (failure: Translatable, own?: OwnTexts) => ReactNode {
  const t = useTranslations("errors");
  const failureText = useFailureText();
  return (failure, own) =>
    failure.code === "unauthenticated"
      ? t.rich("signInBeside", {
          link: (chunks) => (
            <a href="/sign-in" target="_blank" className="font-medium underline">
              {chunks}
            </a>
          ),
        })
      : failureText(failure, own);
}

/** Whether a schema refused this field. The form has the message about it. */
export function isRefused(failure: Failure | null, field: string): boolean {
  return failure?.fields?.some(({ path }) => path === field) === true;
}
