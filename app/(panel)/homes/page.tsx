import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";
import { ProvisioningSwitchCard } from "#components/home-pools/provisioning-switch";
import { NewUserHome } from "#components/home-pools/user-home-form";
import { UserHomesTable } from "#components/home-pools/user-homes-table";
import { streamed } from "#components/shell/streamed";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#access/auth/server/panel-context";
import { may } from "#foundation/core/permissions";
import { userHomeSearchParams } from "#phones/home-pools/search-params";
import { listUserHomes } from "#phones/home-pools/server/list-user-homes";
import { findProvisioningSwitch } from "#phones/home-pools/server/provisioning-switch";
import { listPools } from "#fleet/pools/server/list-pools";
import { removeUserHomesAction, setProvisioningSwitchAction, setUserHomeAction } from "./actions";

const loadSearch = createLoader(userHomeSearchParams);

type HomesPageProps = { readonly searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("homes");
  return { title: t("title") };
}

async function HomesPage({ searchParams }: HomesPageProps) {
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
        // A new key resets the form to the saved value.
        key={provisioning.updatedAt?.toISOString() ?? "default"}
        provisioning={provisioning}
        pools={pools.map(({ id, fqdn }) => ({ id, fqdn }))}
        save={mayChange ? setProvisioningSwitchAction : null}
      />
    </div>
  );
}

export default streamed(HomesPage, ["homes"]);
