import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";
import { UnknownPool } from "#components/pools/unknown-pool";
import { RollOutsTable } from "#components/roll-outs/roll-outs-table";
import { LiveRefresh } from "#components/shell/live-refresh";
import { streamed } from "#components/shell/streamed";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#access/auth/server/panel-context";
import { findUnknownPool } from "#fleet/pools/server/known-pools";
import { rollOutSearchParams } from "#phones/roll-outs/search-params";
import { listRollOutFacets } from "#phones/roll-outs/server/list-roll-out-facets";
import { listRollOuts } from "#phones/roll-outs/server/list-roll-outs";

const loadSearch = createLoader(rollOutSearchParams);

type RollOutsPageProps = { readonly searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("rollOuts");
  return { title: t("title") };
}

async function RollOutsPage({ searchParams }: RollOutsPageProps) {
  const context = await pageContext();
  const t = await getTranslations("rollOuts");
  const search = await loadSearch(searchParams);
  const unknownPool = await findUnknownPool(context, search.pool);
  if (unknownPool !== null) {
    return (
      <div className="space-y-5">
        <PageHeader title={t("title")} description={t("description")} />
        <UnknownPool fqdn={unknownPool} href="/roll-outs" />
      </div>
    );
  }
  const { rollOuts, total, page } = await listRollOuts(context, { ...search, ruleId: null });
  const facets = await listRollOutFacets(context);
  return (
    <div className="space-y-5">
      <LiveRefresh topics={["rollOuts"]} loadedAt={context.now} />
      <PageHeader title={t("title")} description={t("description")} />
      <RollOutsTable rollOuts={rollOuts} total={total} page={page} {...facets} />
    </div>
  );
}

export default streamed(RollOutsPage, ["rollOuts"]);
