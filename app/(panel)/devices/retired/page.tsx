import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";
import { DoubtfulTabs } from "#components/devices/doubtful-tabs";
import { RetireByAgeCard } from "#components/devices/retire-by-age-card";
import { RetiredTable } from "#components/devices/retired-table";
import { JobsNotice } from "#components/phone-jobs/jobs-notice";
import { streamed } from "#components/shell/streamed";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#access/auth/server/panel-context";
import { retiredSearchParams } from "#fleet/devices/retired-search-params";
import { findRetireByAge } from "#fleet/devices/server/find-retire-by-age";
import { listRetiredPhones } from "#fleet/devices/server/list-retired-phones";
import { may } from "#foundation/core/permissions";
import { listPhoneJobs } from "#phones/phone-jobs/server/list-phone-jobs";
import {
  cancelPhoneJobAction,
  previewRetireByAgeAction,
  restorePhonesAction,
  setRetireByAgeAction,
  startPhoneJobAction,
} from "../actions";

const loadSearch = createLoader(retiredSearchParams);

type RetiredPageProps = { readonly searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("retirement");
  return { title: t("title") };
}

async function RetiredPage({ searchParams }: RetiredPageProps) {
  const context = await pageContext();
  const t = await getTranslations("retirement");
  const tDevices = await getTranslations("devices");
  const { devices, total, page } = await listRetiredPhones(context, await loadSearch(searchParams));
  const mayChange = may(context.actor, "device:write");
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
      <RetiredTable
        devices={devices}
        total={total}
        page={page}
        restore={mayChange ? { phones: restorePhonesAction, matching: startPhoneJobAction } : null}
      />
      <RetireByAgeCard
        state={await findRetireByAge(context)}
        actions={
          may(context.actor, "settings:write")
            ? { set: setRetireByAgeAction, preview: previewRetireByAgeAction }
            : null
        }
      />
    </div>
  );
}

export default streamed(RetiredPage, ["devices.list", "doubtful.tabs", "retirement"]);
