import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";
import { ProvisioningSwitchCard } from "#components/homes/provisioning-switch";
import { NewUserHome } from "#components/homes/user-home-form";
import { UserHomesTable } from "#components/homes/user-homes-table";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#lib/auth/server/panel-context";
import { may } from "#lib/core/permissions";
import { userHomeSearchParams } from "#lib/homes/search-params";
import { listUserHomes } from "#lib/homes/server/list-user-homes";
import { findProvisioningSwitch } from "#lib/homes/server/provisioning-switch";
import { listPools } from "#lib/pools/server/list-pools";
import { removeUserHomesAction, setProvisioningSwitchAction, setUserHomeAction } from "./actions";

const loadSearch = createLoader(userHomeSearchParams);

type HomesPageProps = { readonly searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("homes");
  return { title: t("title") };
}

export default async function HomesPage({ searchParams }: HomesPageProps) {
  const context = await pageContext();
  const t = await getTranslations("homes");
  const { userHomes, total, page } = await listUserHomes(context, await loadSearch(searchParams));
  const pools = await listPools(context);
  const provisioning = await findProvisioningSwitch(context);
  const mayChange = may(context.actor, "pool:write");
  const poolNames = pools.map(({ fqdn }) => fqdn);
  const newHome = mayChange && (
    <NewUserHome poolNames={poolNames} setUserHome={setUserHomeAction} />
  );
  return (
    <div className="space-y-5">
      <PageHeader title={t("title")} description={t("description")} actions={newHome} />
      <UserHomesTable
        rows={userHomes}
        total={total}
        page={page}
        poolNames={poolNames}
        actions={
          mayChange
            ? { setUserHome: setUserHomeAction, removeUserHomes: removeUserHomesAction }
            : null
        }
        emptyActions={newHome}
      />
      <ProvisioningSwitchCard
        // A value that was saved starts a form of its own.
        key={provisioning.updatedAt?.toISOString() ?? "default"}
        provisioning={provisioning}
        pools={pools.map(({ id, fqdn }) => ({ id, fqdn }))}
        save={mayChange ? setProvisioningSwitchAction : null}
      />
    </div>
  );
}
