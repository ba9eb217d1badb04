import { Icon } from "#components/ui/icon";
import type { IconName } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import { Card } from "#components/ui/card";
import type { Device, JudgementRecord, Verdict } from "#fleet/devices/model";

const ICONS = {
  offered: "download",
  already_installed: "circle-check",
  content_unusable: "file-x2",
  suspended: "circle-pause",
  halted: "circle-stop",
  nothing_to_offer: "circle-minus",
  other_hardware: "circle-slash",
} as const satisfies Record<Verdict, IconName>;

type JudgementsProps = {
  readonly device: Pick<Device, "judgements" | "outcome" | "isTestDevice">;
};

/** Explains the answer of the last check: one sentence for every judged rule. */
export function JudgementList({ device }: JudgementsProps) {
  const t = useTranslations("devices.judgements");
  return (
    <Card title={t("title")} isFlush>
      <Judgements device={device} />
    </Card>
  );
}

/** Only the sentences, for pages that show several answers side by side. */
export function Judgements({ device }: JudgementsProps) {
  const t = useTranslations("devices.judgements");
  return device.judgements.length === 0 ? (
    <p className="p-4 text-[0.8125rem] text-ink-muted">{t(`empty.${device.outcome}`)}</p>
  ) : (
    <ul className="divide-y divide-line">
      {device.judgements.map((judgement) => (
        <JudgementItem
          key={judgement.ruleId}
          judgement={judgement}
          isTestDevice={device.isTestDevice}
        />
      ))}
    </ul>
  );
}

type JudgementItemProps = {
  readonly judgement: JudgementRecord;
  readonly isTestDevice: boolean;
};

function JudgementItem({ judgement, isTestDevice }: JudgementItemProps) {
  const t = useTranslations("devices.judgements");
  const { ruleId, updateType, verdict, channel, version } = judgement;
  return (
    <li className="flex gap-2.5 px-4 py-3 text-[0.8125rem]">
      <Icon name={ICONS[verdict]} className="mt-0.5 size-4 shrink-0 text-ink-muted" />
      <div className="min-w-0 space-y-0.5">
        <Link href={`/updates/${ruleId}`} className="text-link font-medium">
          {t("rule", { updateType })}
        </Link>
        <p>
          {t(verdict, {
            version: version ?? "–",
            channel: channel ?? "approved",
            isTest: isTestDevice ? "true" : "false",
          })}
        </p>
      </div>
    </li>
  );
}
