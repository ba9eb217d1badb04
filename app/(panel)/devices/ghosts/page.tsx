import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";
import { DoubtfulTabs } from "#components/devices/doubtful-tabs";
import { GhostsTable } from "#components/devices/ghosts-table";
import { JobsNotice } from "#components/phone-jobs/jobs-notice";
import { streamed } from "#components/shell/streamed";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#access/auth/server/panel-context";
import { ghostSearchParams } from "#fleet/devices/doubtful-search-params";
import { listGhosts } from "#fleet/devices/server/find-doubtful-phones";
import { may } from "#foundation/core/permissions";
import { listPhoneJobs } from "#phones/phone-jobs/server/list-phone-jobs";
import { cancelPhoneJobAction, retirePhonesAction, startPhoneJobAction } from "../actions";

const loadSearch = createLoader(ghostSearchParams);

type GhostsPageProps = { readonly searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("doubtful.ghosts");
  return { title: t("title") };
}

async function GhostsPage({ searchParams }: GhostsPageProps) {
  const context = await pageContext();
  const t = await getTranslations("doubtful.ghosts");
  const tDevices = await getTranslations("devices");
  const mayChange = may(context.actor, "device:write");
  const { phones, total, page } = await listGhosts(context, await loadSearch(searchParams));
  return (
    <div className="space-y-5">
      <PageHeader
        crumbs={[{ label: tDevices("crumb"), href: "/devices" }, { label: t("title") }]}
        title={t("title")}
        description={t("description")}
      />
      <DoubtfulTabs />
      <JobsNotice
        jobs={await listPhoneJobs(context)}
        cancel={mayChange ? cancelPhoneJobAction : null}
      />
      <GhostsTable
        phones={phones}
        total={total}
        page={page}
        retire={mayChange ? { phones: retirePhonesAction, matching: startPhoneJobAction } : null}
      />
    </div>
  );
}

export default streamed(GhostsPage, [
  "doubtful.columns",
  "doubtful.ghosts",
  "doubtful.tabs",
  "retirement.actions",
]);
