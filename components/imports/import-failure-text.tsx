"use client";

import { useTranslations } from "next-intl";
import type { FailedImport } from "#firmware/imports/model";

/** What went wrong in the reader's language; the English sentence where an older version kept nothing else. */
export function ImportFailureText({ error, failure }: FailedImport) {
  const t = useTranslations("imports.failures");
  return failure === null ? (
    <span lang="en">{error}</span>
  ) : (
    t(failure.code, { ...failure.values, subject: failure.subject })
  );
}
