"use client";

import { useTranslations } from "next-intl";
import { TextBlock } from "#components/captures/text-block";
import { Card } from "#components/ui/card";
import type { LyncDialect } from "#phones/dialect/dialect";
import { compileDialect } from "#phones/dialect/dialect-renderer";
import { SAMPLE_MODULES } from "#phones/dialect/sample-modules";

type DialectPreviewProps = {
  /** Null while the form is invalid. */
  readonly dialect: LyncDialect | null;
};

/** An example answer, rendered by the code that answers phones. */
export function DialectPreview({ dialect }: DialectPreviewProps) {
  const t = useTranslations("dialect.preview");
  if (dialect === null) {
    return (
      <Card title={t("title")}>
        <p className="text-[0.8125rem] text-ink-muted">{t("invalid")}</p>
      </Card>
    );
  }
  const render = compileDialect(dialect);
  const answers = [
    { name: t("update"), answer: render(SAMPLE_MODULES) },
    { name: t("noUpdate"), answer: render([]) },
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
