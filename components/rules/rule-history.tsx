"use client";

import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge";
import type { Tone } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { Instant } from "#components/ui/instant";
import { EventChanges } from "#components/rules/event-changes";
import { useReview } from "#components/rules/review-context";
import { UndoButton } from "#components/rules/undo-button";
import type { UndoReviews } from "#components/rules/undo-button";
import type { RuleEvent } from "#firmware/rules/event";
import { isUndoable } from "#firmware/rules/event";
import type { RuleVerb } from "#firmware/rules/model";

const TONES = {
  imported: "neutral",
  approved: "good",
  reset: "warn",
  restored: "warn",
  removed: "bad",
  undone: "neutral",
} as const satisfies Record<RuleVerb, Tone>;

type RuleHistoryProps = {
  readonly generation: number;
  /** Newest first. */
  readonly events: readonly RuleEvent[];
  readonly undoReviews: UndoReviews;
};

/** Who did what to a rule, when and why. The last change can be undone. */
export function RuleHistory({ generation, events, undoReviews }: RuleHistoryProps) {
  const t = useTranslations("rule.history");
  const tVerbs = useTranslations("rule.verbs");
  const { permissions } = useReview();
  return (
    <Card title={t("title")} isFlush>
      {events.length === 0 && <p className="p-4 text-[0.8125rem] text-ink-muted">{t("empty")}</p>}
      <ol aria-label={t("caption")} className="divide-y divide-line">
        {events.map((event, index) => (
          <li key={event.id} className="space-y-1.5 px-4 py-3 text-[0.8125rem]">
            <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <Badge tone={TONES[event.verb]}>{tVerbs(event.verb)}</Badge>
              <span className="font-medium">{event.actorName}</span>
              <span className="text-ink-muted">
                <Instant date={event.at} />
              </span>
            </div>
            <EventChanges event={event} />
            {event.reason !== "" && <p className="whitespace-pre-line">“{event.reason}”</p>}
            {index === 0 && permissions.mayReview && isUndoable(event, { generation }) && (
              <UndoButton event={event} undoReviews={undoReviews} />
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}
