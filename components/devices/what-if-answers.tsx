import { useTranslations } from "next-intl";
import { Judgements } from "#components/devices/judgement-list";
import { Code } from "#components/ui/code";
import { useJoined } from "#components/ui/use-joined";
import type { WhatIfAnswer, WhatIf } from "#phones/check/what-if";
import type { Side } from "#fleet/devices/model";

type WhatIfAnswersProps = { readonly preview: WhatIf; readonly side: Side };

/** The answer today and the answer after the approval, side by side, each with its reasons. */
export function WhatIfAnswers({ preview: { today, afterApproval }, side }: WhatIfAnswersProps) {
  const t = useTranslations("devices.whatIf");
  return (
    <div className="space-y-3">
      {side === "external" && (
        <p className="text-[0.8125rem] text-ink-muted">{t("outsideNeedsUser")}</p>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Answer title={t("today")} predicted={today} side={side} />
        {afterApproval === null ? (
          <p className="rounded-md border border-dashed border-line p-4 text-[0.8125rem] text-ink-muted">
            {t("chooseApproval")}
          </p>
        ) : (
          <Answer title={t("afterApproval")} predicted={afterApproval} side={side} />
        )}
      </div>
    </div>
  );
}

type AnswerProps = {
  readonly title: string;
  readonly predicted: WhatIfAnswer;
  readonly side: Side;
};

function Answer({ title, predicted, side }: AnswerProps) {
  const t = useTranslations("devices");
  const joined = useJoined();
  const { answer, outcome } = predicted;
  const images = answer.modules.flatMap(({ files }) =>
    files.filter(({ role }) => role === "image"),
  );
  const versions = joined(answer.modules.map(({ version }) => version));
  return (
    <section className="min-w-0 rounded-md border border-line">
      <header className="border-b border-line bg-sunken px-4 py-2">
        <h3 className="text-xs text-ink-muted">{title}</h3>
        <p className="text-sm font-medium">{t(`outcomes.${outcome}`, { versions })}</p>
      </header>
      <Judgements device={predicted} />
      {images.length > 0 && (
        <div className="space-y-1 border-t border-line px-4 py-3">
          {images.map(({ internalUrl, externalUrl }) => (
            <Code key={internalUrl} isBreaking>
              {side === "internal" ? internalUrl : externalUrl}
            </Code>
          ))}
        </div>
      )}
    </section>
  );
}
