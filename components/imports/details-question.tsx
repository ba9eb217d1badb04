"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FoundUpdates } from "#components/imports/found-updates";
import { IgnoredFiles } from "#components/imports/ignored-files";
import { Card } from "#components/ui/card";
import type { DetailsQuestion as Question } from "#firmware/imports/model";

type DetailsQuestionProps = Pick<Question, "understood" | "ignored"> & {
  /** The form that asks for details. */
  readonly children: ReactNode;
};

/** An incompletely described package: the described updates, the question, and the files that belong to no update. */
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
