import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { cache } from "react";
import { withMessages } from "#components/shell/client-messages";
import { Callout } from "#components/ui/callout";
import { RuleRollOut } from "#components/roll-outs/rule-roll-out";
import { PageHeader } from "#components/ui/page-header";
import { ContentProblems } from "#components/rules/content-problem";
import { possibleActions } from "#components/rules/possible-actions";
import { RejectionNote } from "#components/rules/rejection";
import { ReleaseList } from "#components/rules/release-list";
import { ReviewButtons } from "#components/rules/review-buttons";
import { ReviewProvider } from "#components/rules/review-provider";
import { RuleFacts } from "#components/rules/rule-facts";
import { RuleIdentity } from "#components/rules/rule-identity";
import { toRuleName } from "#components/rules/rule-name";
import { RuleHistory } from "#components/rules/rule-history";
import { RuleStateBadge } from "#components/rules/rule-state-badge";
import { RuleVersions } from "#components/rules/rule-versions";
import { TestButton } from "#components/rules/test-button";
import { TestPhones } from "#components/rules/test-phones";
import { VersionMatches } from "#components/rules/version-matches";
import { pageContext } from "#access/auth/server/panel-context";
import { may } from "#foundation/core/permissions";
import { findRuleDetails } from "#firmware/rules/server/find-rule";
import { toTestCandidates } from "#firmware/rules/test-phone";
import { listTestPhones } from "#firmware/rules/server/list-test-phones";
import { ruleState } from "#firmware/rules/state";
import { EVERY_ROLL_OUT } from "#phones/roll-outs/search-params";
import { listRollOuts } from "#phones/roll-outs/server/list-roll-outs";
import { createTestDevicesAction } from "../../test-devices/actions";
import {
  createVersionMatchAction,
  reviewRulesAction,
  revokeVersionMatchAction,
  undoReviewsAction,
} from "../actions";

type RulePageProps = { readonly params: Promise<{ readonly ruleId: string }> };

/** Cached, because both the title and the page need the rule. */
const requireDetails = cache(async (ruleId: string) => {
  const context = await pageContext();
  const details = await findRuleDetails(context, ruleId);
  return details === null ? notFound() : { ...details, context };
});

export async function generateMetadata({ params }: RulePageProps): Promise<Metadata> {
  const { rule } = await requireDetails((await params).ruleId);
  return { title: toRuleName(rule) };
}

async function RulePage({ params }: RulePageProps) {
  const { rule, releases, rejections, events, context } = await requireDetails(
    (await params).ruleId,
  );
  const test = (await listTestPhones(context, rule.id)) ?? notFound();
  const search = { ...EVERY_ROLL_OUT, ruleId: rule.id };
  const {
    rollOuts: [rollOut],
  } = await listRollOuts(context, search, { size: 1 });
  const t = await getTranslations("rule");
  const tRejections = await getTranslations("rejections");
  const { actor } = context;
  const mayTest = may(actor, "test_device:write");
  const target = { rules: [{ ruleId: rule.id, generation: rule.generation }], count: 1 };
  const testButton = mayTest && (
    <TestButton
      pendingVersion={rule.pending?.version ?? null}
      siteName={test.siteName}
      candidates={toTestCandidates(test.candidates)}
      createTestDevices={createTestDevicesAction}
    />
  );
  return (
    <ReviewProvider
      actions={{ reviewRules: reviewRulesAction, undoReviews: undoReviewsAction }}
      permissions={{
        mayReview: may(actor, "rule:review"),
        mayRemove: may(actor, "rule:remove"),
        mayTest,
      }}
      pathAfterRemoval="/updates/pending"
    >
      <div className="space-y-5">
        <PageHeader
          crumbs={[{ label: t("crumb"), href: "/updates/pending" }, { label: toRuleName(rule) }]}
          title={toRuleName(rule)}
          badges={<RuleStateBadge state={ruleState(rule)} />}
          description={<RuleIdentity rule={rule} />}
          actions={
            <>
              <ReviewButtons actions={possibleActions(rule).slice(0, -1)} target={target} />
              {testButton}
              <ReviewButtons actions={["remove"]} target={target} />
            </>
          }
        />
        <ContentProblems releases={rule} />
        {rule.pending?.rejection !== undefined && (
          <Callout tone="warn" title={tRejections("title")}>
            <RejectionNote rejection={rule.pending.rejection} />
          </Callout>
        )}
        <RuleVersions releases={rule} />
        {rollOut !== undefined && <RuleRollOut rollOut={rollOut} />}
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="min-w-0 space-y-5">
            <TestPhones testPhones={test.testPhones} otherTestDevices={test.otherTestDevices} />
            <ReleaseList rule={rule} releases={releases} rejections={rejections} />
          </div>
          <div className="min-w-0 space-y-5">
            <RuleFacts rule={rule} />
            <VersionMatches
              rule={rule}
              versionMatches={test.versionMatches}
              otherVersions={test.otherVersions}
              mayReview={may(actor, "rule:review")}
              actions={{
                createVersionMatch: createVersionMatchAction,
                revokeVersionMatch: revokeVersionMatchAction,
              }}
            />
            <RuleHistory
              generation={rule.generation}
              events={events}
              undoReviews={undoReviewsAction}
            />
          </div>
        </div>
      </div>
    </ReviewProvider>
  );
}

export default withMessages(RulePage, [
  "rejections",
  "rule.addTestPhones",
  "rule.contentProblems",
  "rule.history",
  "rule.releases",
  "rule.verbs",
  "rule.versionMatches",
  "rule.versions",
  "updates",
]);
