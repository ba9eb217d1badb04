import { Icon } from "#components/ui/icon";
import type { IconName } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import type { ReactNode } from "react";
import { Bytes } from "#components/ui/bytes";
import { cn } from "#components/ui/cn";
import { Code } from "#components/ui/code";
import { Comma } from "#components/ui/comma";
import { Instant } from "#components/ui/instant";
import { useJoined } from "#components/ui/use-joined";
import type { CheckEntry } from "#phones/check-log/check-row";
import type { TimelineEntry as Entry } from "#phones/timeline/model";

const LOOKS = {
  refusal: { icon: "shield-x", style: "text-bad-ink" },
  offer: { icon: "package-check", style: "text-accent-ink" },
  restart: { icon: "rotate-ccw", style: "text-ink-muted" },
  check: { icon: "clock", style: "text-ink-muted" },
  update: { icon: "download", style: "text-accent-ink" },
  log: { icon: "file-text", style: "text-ink-muted" },
  serial: { icon: "info", style: "text-warn-ink" },
  action: { icon: "user-cog", style: "text-ink" },
  first_seen: { icon: "phone", style: "text-ink-muted" },
} as const satisfies Record<Entry["kind"], { readonly icon: IconName; readonly style: string }>;

type TimelineEntryProps = { readonly entry: Entry };

/** One event of a phone's history: what happened, its details, and when. */
export function TimelineEntry({ entry }: TimelineEntryProps) {
  const { icon, style } = LOOKS[entry.kind];
  return (
    <li className="flex gap-2.5 px-4 py-2.5 text-[0.8125rem]">
      <Icon name={icon} className={cn("mt-0.5 size-4 shrink-0", style)} />
      <div className="min-w-0 flex-1 space-y-0.5">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="min-w-0 font-medium wrap-anywhere">
            <EntryTitle entry={entry} />
          </span>
          <span className="text-xs text-ink-muted">
            <Instant date={entry.at} />
          </span>
        </div>
        <EntryDetails entry={entry} />
      </div>
    </li>
  );
}

function EntryTitle({ entry }: TimelineEntryProps): ReactNode {
  const t = useTranslations("device.timeline");
  const tSteps = useTranslations("devices.updates.steps");
  const tActions = useTranslations("retirement.events");
  if ("check" in entry) {
    return <CheckTitle check={entry.check} isRestart={entry.kind === "restart"} />;
  }
  switch (entry.kind) {
    case "update":
      return tSteps(entry.step);
    case "log":
      return t("log", { type: entry.log.logType });
    case "serial":
      return t(entry.channel === null ? "serial" : "serialByUpdate");
    case "action":
      return tActions(entry.event.kind, {
        name: entry.event.actorName,
        from: entry.event.mergedFrom,
      });
    case "first_seen":
      return t("firstSeen");
  }
}

function EntryDetails({ entry }: TimelineEntryProps): ReactNode {
  const t = useTranslations("device.timeline");
  if ("check" in entry) {
    return <CheckDetails check={entry.check} isRefused={entry.kind === "refusal"} />;
  }
  switch (entry.kind) {
    case "update":
      return (
        <p className="text-ink-muted">
          {entry.updateType} <Code>{entry.version}</Code>
        </p>
      );
    case "log":
      return <LogDetails log={entry.log} />;
    case "serial":
      return <p className="text-ink-muted">{t("formerSerial", { serialNumber: entry.former })}</p>;
    case "action":
      return entry.event.reason === "" ? null : (
        <p className="break-words text-ink-muted">“{entry.event.reason}”</p>
      );
    case "first_seen":
      return null;
  }
}

type LogDetailsProps = { readonly log: Extract<Entry, { readonly kind: "log" }>["log"] };

function LogDetails({ log }: LogDetailsProps) {
  return (
    <p className="text-ink-muted">
      <Link href={`/logs/${log.id}`} className="text-link break-all">
        {log.fileName}
      </Link>{" "}
      (<Bytes sizeBytes={log.sizeBytes} />)
    </p>
  );
}

type CheckTitleProps = { readonly check: CheckEntry; readonly isRestart: boolean };

function CheckTitle({ check: { outcome, offered }, isRestart }: CheckTitleProps) {
  const t = useTranslations("device.timeline");
  const joined = useJoined();
  const tOutcomes = useTranslations("devices.outcomes");
  const answer = tOutcomes(outcome, { versions: joined(versionsOf(offered)) });
  return isRestart ? t("restart", { outcome: answer }) : answer;
}

type CheckDetailsProps = { readonly check: CheckEntry; readonly isRefused: boolean };

function CheckDetails({ check, isRefused }: CheckDetailsProps) {
  const t = useTranslations("device.timeline");
  const tDevices = useTranslations("devices");
  const { requested, trigger, address, side, dialect, refusal } = check;
  return (
    <div className="space-y-0.5 text-ink-muted">
      <p className="wrap-anywhere">
        {requested.length > 0 && (
          <>
            {t("reported")} <Code isBreaking>{versionsOf(requested).join(", ")}</Code> ·{" "}
          </>
        )}
        {trigger !== null && <>{tDevices(`triggers.${trigger}`)} · </>}
        <Code isBreaking>{address}</Code> ({tDevices(`sides.${side}`)}
        <Comma />
        {tDevices(`dialects.${dialect}`)})
      </p>
      {isRefused && <p>{t("claimed")}</p>}
      {refusal !== null && <p className="wrap-anywhere">{refusal}</p>}
    </div>
  );
}

function versionsOf(modules: readonly { readonly version: string }[]): readonly string[] {
  return modules.map(({ version }) => version || "–");
}
