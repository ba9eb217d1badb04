import { getTranslations } from "next-intl/server";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";
import { ImportButton } from "#components/imports/import-button";
import { UnknownPool } from "#components/pools/unknown-pool";
import { ButtonLink } from "#components/ui/button-link";
import { LinkTabs } from "#components/ui/link-tabs";
import { streamed } from "#components/shell/streamed";
import { PageHeader } from "#components/ui/page-header";
import { ReviewProvider } from "#components/rules/review-provider";
import { RulesTable } from "#components/rules/rules-table";
import { pageContext } from "#access/auth/server/panel-context";
import { may } from "#foundation/core/permissions";
import { findUnknownPool } from "#fleet/pools/server/known-pools";
import { listPools } from "#fleet/pools/server/list-pools";
import type { RuleView } from "#firmware/rules/search-params";
import { RULE_VIEWS, ruleSearchParams } from "#firmware/rules/search-params";
import { listRules } from "#firmware/rules/server/list-rules";
import { reviewRulesAction, undoReviewsAction } from "./actions";

const loadSearch = createLoader(ruleSearchParams);

type RulesPageProps = {
  readonly view: RuleView;
  readonly searchParams: Promise<SearchParams>;
};

async function LoadedRulesPage({ view, searchParams }: RulesPageProps) {
  const context = await pageContext();
  const search = await loadSearch(searchParams);
  const t = await getTranslations("updates");
  const unknownPool = await findUnknownPool(context, search.pool);
  if (unknownPool !== null) {
    return (
      <div className="space-y-5">
        <PageHeader title={t("title")} description={t("description")} />
        <UnknownPool fqdn={unknownPool} href={`/updates/${view}`} />
      </div>
    );
  }
  const { rules, total, page, facets, counts } = await listRules(context, { view, search });
  const { actor } = context;
  const importButton = may(actor, "import:create") && (
    <ImportButton pools={await listPools(context)} />
  );
  return (
    <div className="space-y-5">
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <>
            <ButtonLink href="/updates/imports">{t("imports")}</ButtonLink>
            {importButton}
          </>
        }
      />
      <LinkTabs
        label={t("tabs.label")}
        tabs={RULE_VIEWS.map((tab) => ({
          href: `/updates/${tab}`,
          label: t(`tabs.${tab}`),
          count: counts[tab],
        }))}
      />
      <ReviewProvider
        actions={{ reviewRules: reviewRulesAction, undoReviews: undoReviewsAction }}
        permissions={{
          mayReview: may(actor, "rule:review"),
          mayRemove: may(actor, "rule:remove"),
          mayTest: may(actor, "test_device:write"),
        }}
      >
        <RulesTable
          view={view}
          rules={rules}
          total={total}
          page={page}
          pageSize={search.size}
          facets={facets}
          emptyActions={importButton}
        />
      </ReviewProvider>
    </div>
  );
}

/** The page behind the tabs Pending Updates, Approved and All. */
export const RulesPage = streamed(LoadedRulesPage, [
  "imports.dialog",
  "imports.errors",
  "imports.progress",
  "rejections",
  "rule.contentProblems",
  "updates",
]);
