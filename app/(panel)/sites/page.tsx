import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ImportNetworks } from "#components/sites/import-networks";
import { NewSite } from "#components/sites/new-site";
import { SiteCards } from "#components/sites/site-cards";
import { streamed } from "#components/shell/streamed";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#access/auth/server/panel-context";
import { may } from "#foundation/core/permissions";
import { listSites } from "#fleet/sites/server/list-sites";
import {
  createSiteAction,
  previewNetworksAction,
  removeNetworksAction,
  removeSiteAction,
  renameSiteAction,
  setNetworksAction,
} from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sites");
  return { title: t("title") };
}

async function SitesPage() {
  const context = await pageContext();
  const t = await getTranslations("sites");
  const sites = await listSites(context);
  const networkActions = { preview: previewNetworksAction, set: setNetworksAction };
  const mayChange = may(context.actor, "pool:write");
  const actions = mayChange && (
    <>
      <ImportNetworks actions={networkActions} />
      <NewSite createSite={createSiteAction} />
    </>
  );
  return (
    <div className="space-y-5">
      <PageHeader title={t("title")} description={t("description")} actions={actions} />
      <SiteCards
        sites={sites}
        actions={
          mayChange
            ? {
                networks: networkActions,
                removeNetworks: removeNetworksAction,
                renameSite: renameSiteAction,
                removeSite: removeSiteAction,
              }
            : null
        }
      />
    </div>
  );
}

export default streamed(SitesPage, ["sites"]);
