"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FoundUpdates } from "#components/imports/found-updates";
import { IgnoredFiles } from "#components/imports/ignored-files";
import { Card } from "#components/ui/card";
import type { DetailsQuestion as Question } from "#firmware/imports/model";

type DetailsQuestionProps = Pick<Question, "understood" | "ignored"> & {
  /** What is asked. */
  readonly children: ReactNode;
};

/** A package that is not wholly described: what was understood, what is asked, and what belongs to no update. */
export function DetailsQuestion({ understood, ignored, children }: DetailsQuestionProps) {
  const t = useTranslations("imports.details");
  return (
    <div className="space-y-4">
      {understood.length > 0 && (
        <Card title={t("understoodTitle")} description={t("understoodDescription")} isFlush>
          <FoundUpdates caption={t("understoodCaption")} updates={understood} />
        </Card>
      )}
      {children}
      {ignored.length > 0 && <IgnoredFiles ignored={ignored} />}
    </div>
  );
}
