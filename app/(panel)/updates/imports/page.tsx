import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { createLoader } from "nuqs/server";
import { ImportButton } from "#components/imports/import-button";
import { ImportsTable } from "#components/imports/imports-table";
import { streamed } from "#components/shell/streamed";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#access/auth/server/panel-context";
import { may } from "#foundation/core/permissions";
import { importSearchParams } from "#firmware/imports/search-params";
import { listImports } from "#firmware/imports/server/list-imports";
import { listPools } from "#fleet/pools/server/list-pools";

const loadSearch = createLoader(importSearchParams);

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("imports.list");
  return { title: t("title") };
}

type ImportsPageProps = { readonly searchParams: Promise<SearchParams> };

async function ImportsPage({ searchParams }: ImportsPageProps) {
  const context = await pageContext();
  const t = await getTranslations("imports.list");
  const nav = await getTranslations("shell.nav");
  const [found, pools] = await Promise.all([
    listImports(context, await loadSearch(searchParams)),
    listPools(context),
  ]);
  const importButton = may(context.actor, "import:create") ? <ImportButton pools={pools} /> : null;
  return (
    <div className="space-y-4">
      <PageHeader
        crumbs={[{ label: nav("updates"), href: "/updates/pending" }, { label: t("title") }]}
        title={t("title")}
        actions={importButton}
      />
      <ImportsTable
        {...found}
        poolNames={Object.fromEntries(pools.map(({ id, fqdn }) => [id, fqdn]))}
        importButton={importButton}
      />
    </div>
  );
}

export default streamed(ImportsPage, [
  "imports.columns",
  "imports.dialog",
  "imports.errors",
  "imports.list",
  "imports.progress",
  "imports.states",
]);
