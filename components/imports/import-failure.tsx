"use client";

import { useTranslations } from "next-intl";
import type { FailedImport } from "#firmware/imports/model";

/** The translated failure of an import. An import of an older version has only the English sentence. */
export function ImportFailureText({ error, failure }: FailedImport) {
  const t = useTranslations("imports.failures");
  return failure === null ? (
    <span lang="en">{error}</span>
  ) : (
    t(failure.code, { ...failure.values, subject: failure.subject })
  );
}
