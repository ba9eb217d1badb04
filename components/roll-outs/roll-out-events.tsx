import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge";
import type { Tone } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { Instant } from "#components/ui/instant";
import type { RollOutEvent, RollOutEventKind } from "#phones/roll-outs/model";

const TONES = {
  warned: "warn",
  halted: "bad",
  continued: "accent",
} as const satisfies Record<RollOutEventKind, Tone>;

type RollOutEventsProps = {
  /** Newest first. */
  readonly events: readonly RollOutEvent[];
};

/** What the brake and administrators did during a roll-out. */
export function RollOutEvents({ events }: RollOutEventsProps) {
  const t = useTranslations("rollOuts");
  return (
    <Card title={t("events.title")} isFlush>
      <ol className="divide-y divide-line">
        {events.map((event) => (
          <li
            key={`${event.kind} ${event.at.toISOString()}`}
            className="space-y-1 px-4 py-3 text-[0.8125rem]"
          >
            <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <Badge tone={TONES[event.kind]}>{t(`events.${event.kind}`)}</Badge>
              <span className="font-medium">{event.actorName}</span>
              <span className="text-ink-muted">
                <Instant date={event.at} />
              </span>
            </div>
            {event.figures !== null && (
              <p>{t("brake.figures", { ...event.figures, share: event.figures.percent / 100 })}</p>
            )}
            {event.reason !== "" && <p className="whitespace-pre-line">“{event.reason}”</p>}
          </li>
        ))}
      </ol>
    </Card>
  );
}
