import { useTranslations } from "next-intl";
import { JudgementList } from "#components/devices/judgement-list";
import { Code } from "#components/ui/code";
import type { Foresight, WhatIf } from "#lib/check/what-if";
import type { Side } from "#lib/devices/model";

type WhatIfAnswersProps = { readonly foreseen: WhatIf; readonly side: Side };

/** What the phone is told today, beside what it would be told, each with its reasons. */
export function WhatIfAnswers({ foreseen: { today, afterApproval }, side }: WhatIfAnswersProps) {
  const t = useTranslations("devices.whatIf");
  return (
    <div className="space-y-3">
      {side === "external" && (
        <p className="text-[0.8125rem] text-ink-muted">{t("outsideNeedsUser")}</p>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Answer title={t("today")} foresight={today} side={side} />
        {afterApproval === null ? (
          <p className="text-[0.8125rem] text-ink-muted">{t("chooseApproval")}</p>
        ) : (
          <Answer title={t("afterApproval")} foresight={afterApproval} side={side} />
        )}
      </div>
    </div>
  );
}

type AnswerProps = {
  readonly title: string;
  readonly foresight: Foresight;
  readonly side: Side;
};

function Answer({ title, foresight, side }: AnswerProps) {
  const t = useTranslations("devices");
  const { answer, outcome } = foresight;
  const images = answer.modules.flatMap(({ files }) =>
    files.filter(({ role }) => role === "image"),
  );
  return (
    <div className="min-w-0 space-y-2">
      <p className="text-sm font-medium">
        {title}:{" "}
        {t(`outcomes.${outcome}`, {
          versions: answer.modules.map(({ version }) => version).join(", "),
        })}
      </p>
      <JudgementList device={foresight} title={t("whatIf.reasons", { title })} />
      {images.map(({ internalUrl, externalUrl }) => (
        <Code key={internalUrl} isBreaking>
          {side === "internal" ? internalUrl : externalUrl}
        </Code>
      ))}
    </div>
  );
}
