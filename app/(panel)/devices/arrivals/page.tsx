import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";
import { ArrivalsList } from "#components/devices/arrivals-list";
import { DoubtfulTabs } from "#components/devices/doubtful-tabs";
import { JobsNotice } from "#components/phone-jobs/jobs-notice";
import { streamed } from "#components/shell/streamed";
import { ButtonLink } from "#components/ui/button-link";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#access/auth/server/panel-context";
import { ARRIVAL_HOURS } from "#fleet/devices/conflicts";
import { arrivalSearchParams } from "#fleet/devices/doubtful-search-params";
import { listNetworkArrivals } from "#fleet/devices/server/find-doubtful-phones";
import { may } from "#foundation/core/permissions";
import { listPhoneJobs } from "#phones/phone-jobs/server/list-phone-jobs";
import { cancelPhoneJobAction, startPhoneJobAction } from "../actions";

const loadSearch = createLoader(arrivalSearchParams);

type ArrivalsPageProps = { readonly searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("doubtful.arrivals");
  return { title: t("title") };
}

async function ArrivalsPage({ searchParams }: ArrivalsPageProps) {
  const context = await pageContext();
  const t = await getTranslations("doubtful.arrivals");
  const tDevices = await getTranslations("devices");
  const { hours } = await loadSearch(searchParams);
  const mayChange = may(context.actor, "device:write");
  return (
    <div className="space-y-5">
      <PageHeader
        crumbs={[{ label: tDevices("crumb"), href: "/devices" }, { label: t("title") }]}
        title={t("title")}
        description={t("description")}
      />
      <DoubtfulTabs />
      <nav aria-label={t("period")} className="flex flex-wrap gap-2">
        {ARRIVAL_HOURS.map((choice) => (
          <ButtonLink
            key={choice}
            href={`/devices/arrivals?hours=${choice}`}
            variant={choice === hours ? "primary" : "secondary"}
            aria-current={choice === hours ? "true" : undefined}
          >
            {t("hours", { hours: choice })}
          </ButtonLink>
        ))}
      </nav>
      <JobsNotice
        jobs={await listPhoneJobs(context)}
        cancel={mayChange ? cancelPhoneJobAction : null}
      />
      <ArrivalsList
        networks={await listNetworkArrivals(context, hours)}
        hours={hours}
        startJob={mayChange ? startPhoneJobAction : null}
      />
    </div>
  );
}

export default streamed(ArrivalsPage, [
  "devices.sides",
  "doubtful.arrivals",
  "doubtful.tabs",
  "retirement.actions",
]);
