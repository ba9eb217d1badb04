import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { cache } from "react";
import { PageHeader } from "#components/ui/page-header";
import { ContentProblems } from "#components/updates/content-problem";
import { possibleActions } from "#components/updates/possible-actions";
import { ReleaseList } from "#components/updates/release-list";
import { ReviewButtons } from "#components/updates/review-buttons";
import { ReviewProvider } from "#components/updates/review-provider";
import { RuleFacts } from "#components/updates/rule-facts";
import { RuleIdentity } from "#components/updates/rule-identity";
import { RuleHistory } from "#components/updates/rule-history";
import { toRuleName } from "#components/updates/rule-name";
import { RuleStateBadge } from "#components/updates/rule-state-badge";
import { RuleVersions } from "#components/updates/rule-versions";
import { TestButton } from "#components/updates/test-button";
import { TestPhones } from "#components/updates/test-phones";
import { VersionMatches } from "#components/updates/version-matches";
import { pageContext } from "#lib/auth/server/panel-context";
import { may } from "#lib/core/permissions";
import { findRuleDetails } from "#lib/rules/server/find-rule";
import { listTestPhones } from "#lib/rules/server/list-test-phones";
import { ruleState } from "#lib/rules/state";
import { createTestDevicesAction } from "../../(streamed)/test-devices/actions";
import {
  createVersionMatchAction,
  reviewRulesAction,
  revokeVersionMatchAction,
  undoReviewsAction,
} from "../actions";

type RulePageProps = { readonly params: Promise<{ readonly ruleId: string }> };

/** Title and page need the same rule; it is read once. */
const requireDetails = cache(async (ruleId: string) => {
  const context = await pageContext();
  const details = await findRuleDetails(context, ruleId);
  return details === null ? notFound() : { ...details, context };
});

export async function generateMetadata({ params }: RulePageProps): Promise<Metadata> {
  const { rule } = await requireDetails((await params).ruleId);
  return { title: toRuleName(rule) };
}

export default async function RulePage({ params }: RulePageProps) {
  const { rule, releases, events, context } = await requireDetails((await params).ruleId);
  const test = (await listTestPhones(context, rule.id)) ?? notFound();
  const t = await getTranslations("rule");
  const { actor } = context;
  const mayTest = may(actor, "test_device:write");
  const target = { rules: [{ ruleId: rule.id, generation: rule.generation }], count: 1 };
  const testButton = mayTest && (
    <TestButton
      pendingVersion={rule.pending?.version ?? null}
      siteName={test.siteName}
      candidates={test.candidates}
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
        <RuleVersions releases={rule} />
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="min-w-0 space-y-5">
            <TestPhones testPhones={test.testPhones} otherTestDevices={test.otherTestDevices} />
            <ReleaseList rule={rule} releases={releases} />
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
