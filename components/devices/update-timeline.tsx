import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { ProgressBadge } from "#components/devices/device-badges";
import { Card } from "#components/ui/card";
import { cn } from "#components/ui/cn";
import { Code } from "#components/ui/code";
import { Instant } from "#components/ui/instant";
import type { Device, DeviceUpdate } from "#fleet/devices/model";
import { MAX_INSTALL_ATTEMPTS } from "#fleet/devices/progress";
import { toUpdateSteps } from "#fleet/devices/update-steps";

type UpdateTimelineProps = { readonly device: Pick<Device, "updates" | "lastSeenAt"> };

/** The progress of a phone with its offered updates: for each update type, the observed steps in order. */
export function UpdateTimeline({ device: { updates, lastSeenAt } }: UpdateTimelineProps) {
  const t = useTranslations("devices.updates");
  return (
    <Card title={t("title")} isFlush>
      <ul className="divide-y divide-line">
        {updates.map((update) => (
          <li key={update.updateType} className="space-y-3 px-4 py-3 text-[0.8125rem]">
            <UpdateHead update={update} />
            <UpdateSteps update={update} lastSeenAt={lastSeenAt} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function UpdateHead({ update }: { readonly update: DeviceUpdate }) {
  const t = useTranslations("devices.updates");
  const { updateType, version, fromVersion, otherVersion, attempts, state } = update;
  return (
    <div className="space-y-1.5">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-medium">{updateType}</span>
        {fromVersion !== null && (
          <>
            <Code>{fromVersion}</Code>
            <Icon name="arrow-right" className="size-3.5 shrink-0 text-ink-faint" />
            <span className="sr-only">{t("to")}</span>
          </>
        )}
        <Code>{version}</Code>
        <ProgressBadge state={state} />
      </div>
      <p className="text-ink-muted">{t(`meanings.${state}`)}</p>
      {otherVersion !== null && (
        <p>{t("reports", { version: otherVersion, attempts, most: MAX_INSTALL_ATTEMPTS })}</p>
      )}
    </div>
  );
}

type UpdateStepsProps = {
  readonly update: DeviceUpdate;
  readonly lastSeenAt: Date;
};

function UpdateSteps({ update, lastSeenAt }: UpdateStepsProps) {
  const t = useTranslations("devices.updates");
  const { updateType, version } = update;
  const steps = toUpdateSteps(update, lastSeenAt);
  return (
    <ol aria-label={t("caption", { updateType, version })} className="border-s border-line ps-4">
      {steps.map(({ step, at }, index) => (
        <li
          key={step}
          className="relative flex flex-col gap-x-4 py-1 sm:flex-row sm:items-baseline sm:justify-between"
        >
          <span
            aria-hidden
            className={cn(
              "absolute -start-[1.28rem] top-2.5 size-2 rounded-full border border-surface",
              index === steps.length - 1 ? "bg-accent-ink" : "bg-line-strong",
            )}
          />
          <span className={index === steps.length - 1 ? "font-medium" : undefined}>
            {t(`steps.${step}`)}
          </span>
          <span className="text-ink-muted">
            <Instant date={at} format="full" />
          </span>
        </li>
      ))}
    </ol>
  );
}
