import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { createLoader, parseAsStringLiteral } from "nuqs/server";
import type { SearchParams } from "nuqs/server";
import { cache } from "react";
import { reviewRulesAction, undoReviewsAction } from "../../updates/actions";
import { continueRollOutAction } from "../actions";
import { BrakeNotice } from "#components/roll-outs/brake-notice";
import { RollOutEvents } from "#components/roll-outs/roll-out-events";
import { RollOutStatusBadge } from "#components/roll-outs/roll-out-badges";
import { RollOutChart } from "#components/roll-outs/roll-out-chart";
import { RollOutCompanions } from "#components/roll-outs/roll-out-companions";
import { RollOutFacts } from "#components/roll-outs/roll-out-facts";
import { RollOutNumbers } from "#components/roll-outs/roll-out-numbers";
import { RollOutOverTime } from "#components/roll-outs/roll-out-over-time";
import { possibleActions } from "#components/rules/possible-actions";
import { ReviewButtons } from "#components/rules/review-buttons";
import { ReviewProvider } from "#components/rules/review-provider";
import { toRuleName } from "#components/rules/rule-name";
import { LiveRefresh } from "#components/shell/live-refresh";
import { withMessages } from "#components/shell/client-messages";
import { Card } from "#components/ui/card";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#access/auth/server/panel-context";
import { may } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { findRuleDetails } from "#firmware/rules/server/find-rule";
import type { RollOutSummary } from "#phones/roll-outs/model";
import { ROLL_OUT_RANGES, rangeLengthMs } from "#phones/roll-outs/ranges";
import { toSampleSteps } from "#phones/roll-outs/sample-steps";
import { findRollOut } from "#phones/roll-outs/server/find-roll-out";

/** The rows of the table, and the points of the chart. */
const MAX_STEPS = { table: 13, chart: 49 } as const;

const loadSearch = createLoader({
  range: parseAsStringLiteral(ROLL_OUT_RANGES).withDefault("all"),
});

type RollOutPageProps = {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<SearchParams>;
};

/** Cached, because both the title and the page need the roll-out. */
const requireRollOut = cache(async (id: string) => {
  const context = await pageContext();
  const details = await findRollOut(context, id);
  return details === null ? notFound() : { ...details, context };
});

export async function generateMetadata({ params }: RollOutPageProps): Promise<Metadata> {
  const { rollOut } = await requireRollOut((await params).id);
  return { title: toRuleName(rollOut) };
}

async function RollOutPage({ params, searchParams }: RollOutPageProps) {
  const { rollOut, samples, sites, events, companions, hasPhones, context } = await requireRollOut(
    (await params).id,
  );
  const t = await getTranslations("rollOuts");
  const { actor } = context;
  const { range } = await loadSearch(searchParams);
  const window = { end: rollOut.endedAt ?? context.now, lengthMs: rangeLengthMs(range) };
  return (
    <ReviewProvider
      actions={{ reviewRules: reviewRulesAction, undoReviews: undoReviewsAction }}
      permissions={{ mayReview: may(actor, "rule:review"), mayRemove: false, mayTest: false }}
    >
      <div className="space-y-5">
        <LiveRefresh topics={["rollOuts"]} loadedAt={context.now} />
        <PageHeader
          crumbs={[{ label: t("title"), href: "/roll-outs" }, { label: toRuleName(rollOut) }]}
          title={t("titleOf", {
            phone: toRuleName(rollOut),
            version: rollOut.toVersion ?? t("nothing"),
          })}
          badges={<RollOutStatusBadge status={rollOut.status} />}
          description={t(`explained.${rollOut.status}`)}
          actions={await stopButtons(context, rollOut)}
        />
        <BrakeNotice
          rollOut={rollOut}
          events={events}
          continueRollOut={may(actor, "rule:review") ? continueRollOutAction : null}
        />
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="min-w-0 space-y-5">
            <Card title={t("numbers")}>
              <RollOutNumbers rollOut={rollOut} hasPhones={hasPhones} />
            </Card>
            {rollOut.target !== null && rollOut.target > 0 && (
              <RollOutChart
                id={rollOut.id}
                range={range}
                steps={toSampleSteps(samples, { ...window, most: MAX_STEPS.chart })}
              />
            )}
          </div>
          <div className="min-w-0 space-y-5">
            <RollOutFacts rollOut={rollOut} />
            {events.length > 0 && <RollOutEvents events={events} />}
          </div>
        </div>
        {rollOut.target !== null && rollOut.target > 0 && (
          <RollOutOverTime
            steps={toSampleSteps(samples, { ...window, most: MAX_STEPS.table })}
            target={rollOut.target}
          />
        )}
        <RollOutCompanions companions={companions} sites={sites} currentId={rollOut.id} />
      </div>
    </ReviewProvider>
  );
}

/** Going back is the review action of the rule, as on its page; only while the roll-out is the last decision. */
async function stopButtons(context: UseCaseContext, rollOut: RollOutSummary) {
  if (rollOut.nextId !== null) {
    return undefined;
  }
  const details = await findRuleDetails(context, rollOut.ruleId);
  if (details === null || !possibleActions(details.rule).includes("restore")) {
    return undefined;
  }
  const { id: ruleId, generation } = details.rule;
  return (
    <ReviewButtons actions={["restore"]} target={{ rules: [{ ruleId, generation }], count: 1 }} />
  );
}

export default withMessages(RollOutPage, [
  "charts",
  "rejections",
  "rollOuts.continue",
  "rule.contentProblems",
  "updates",
]);
