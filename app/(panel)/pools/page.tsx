import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewPool } from "#components/pools/new-pool";
import { PoolList } from "#components/pools/pool-list";
import { streamed } from "#components/shell/streamed";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#access/auth/server/panel-context";
import { may } from "#foundation/core/permissions";
import { listPools } from "#fleet/pools/server/list-pools";
import { listSiteNames } from "#fleet/sites/server/list-site-names";
import { changePoolAction, createPoolAction, removePoolAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("pools");
  return { title: t("title") };
}

async function PoolsPage() {
  const context = await pageContext();
  const t = await getTranslations("pools");
  const pools = await listPools(context);
  const siteNames = (await listSiteNames(context)).map(({ name }) => name);
  const mayChange = may(context.actor, "pool:write");
  const newPool = mayChange && <NewPool siteNames={siteNames} createPool={createPoolAction} />;
  return (
    <div className="space-y-5">
      <PageHeader title={t("title")} description={t("description")} actions={newPool} />
      <PoolList
        pools={pools}
        siteNames={siteNames}
        actions={mayChange ? { changePool: changePoolAction, removePool: removePoolAction } : null}
        emptyActions={newPool}
      />
    </div>
  );
}

export default streamed(PoolsPage, ["pools"]);
