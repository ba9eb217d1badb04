"use client";

import { useTranslations } from "next-intl";
import { TextBlock } from "#components/captures/text-block";
import { Card } from "#components/ui/card";
import type { SampleAnswers } from "#phones/dialect/sample-answers";

type DialectPreviewProps = {
  /** Null while the form is invalid. */
  readonly samples: SampleAnswers | null;
};

/** An answer with an update and one without. */
export function DialectPreview({ samples }: DialectPreviewProps) {
  const t = useTranslations("dialect.preview");
  if (samples === null) {
    return (
      <Card title={t("title")}>
        <p className="text-[0.8125rem] text-ink-muted">{t("invalid")}</p>
      </Card>
    );
  }
  const answers = [
    { name: t("update"), answer: samples.update },
    { name: t("noUpdate"), answer: samples.noUpdate },
  ];
  return (
    <Card title={t("title")} description={t("description")}>
      <div className="space-y-4">
        {answers.map(({ name, answer }) => (
          <section key={name} className="space-y-1.5">
            <h3 className="text-[0.8125rem] font-medium">{name}</h3>
            <TextBlock
              label={name}
              text={`HTTP ${answer.status}\ncontent-type: ${answer.contentType}\n\n${answer.body ?? ""}`}
            />
          </section>
        ))}
      </div>
    </Card>
  );
}
