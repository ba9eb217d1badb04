"use client";

import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import { Code } from "#components/ui/code";
import {
  ANSWER_PLACEHOLDERS,
  MODULE_PLACEHOLDERS,
  REPEAT_ATTRIBUTE,
} from "#phones/dialect/placeholders";

/** The placeholders that a template may contain. */
export function PlaceholderList() {
  const t = useTranslations("dialect.placeholders");
  return (
    <Card title={t("title")}>
      <div className="space-y-3 text-[0.8125rem]">
        <p>{t("repeat", { attribute: `${REPEAT_ATTRIBUTE}="module"` })}</p>
        <ul className="flex flex-wrap gap-x-3 gap-y-1">
          {[...ANSWER_PLACEHOLDERS, ...MODULE_PLACEHOLDERS].map((name) => (
            <li key={name}>
              <Code>{`{${name}}`}</Code>
            </li>
          ))}
        </ul>
        <p className="text-ink-muted">{t("brace")}</p>
      </div>
    </Card>
  );
}
