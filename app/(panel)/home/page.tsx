import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader, parseAsStringLiteral } from "nuqs/server";
import type { SearchParams } from "nuqs/server";
import { DecisionsCard } from "#components/home/decisions-card";
import { FigureCards } from "#components/home/figure-cards";
import { FirstSteps } from "#components/home/first-steps";
import { FleetCharts } from "#components/home/fleet-charts";
import { ModelsCard } from "#components/home/models-card";
import { RollOutsCard } from "#components/home/roll-outs-card";
import { TroubleCard } from "#components/home/trouble-card";
import { LiveRefresh } from "#components/shell/live-refresh";
import { streamed } from "#components/shell/streamed";
import { Instant } from "#components/ui/instant";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#access/auth/server/panel-context";
import { EVERY_DEVICE } from "#fleet/devices/search-params";
import { listDevices } from "#phones/inventory/server/list-devices";
import { EVERY_ROLL_OUT } from "#phones/roll-outs/search-params";
import { listRollOuts } from "#phones/roll-outs/server/list-roll-outs";
import { groupByModel } from "#phones/statistics/by-model";
import { STATISTICS_RANGES } from "#phones/statistics/model";
import { findFirstSteps } from "#phones/statistics/server/find-first-steps";
import { findStatistics } from "#phones/statistics/server/find-statistics";
import { listDecisions } from "#phones/statistics/server/list-decisions";

const MAX_TROUBLED_PHONES = 6;
const MAX_SHOWN_ROLL_OUTS = 6;

const loadSearch = createLoader({
  range: parseAsStringLiteral(STATISTICS_RANGES).withDefault("day"),
});

type HomePageProps = { readonly searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("home");
  return { title: t("title") };
}

async function HomePage({ searchParams }: HomePageProps) {
  const context = await pageContext();
  const { range } = await loadSearch(searchParams);
  const t = await getTranslations("home");
  const [statistics, decisions, steps, trouble, underWay] = await Promise.all([
    findStatistics(context, { range }),
    listDecisions(context),
    findFirstSteps(context),
    listDevices(
      context,
      { ...EVERY_DEVICE, state: ["in_trouble"] },
      { size: MAX_TROUBLED_PHONES, mostCounted: MAX_TROUBLED_PHONES + 1 },
    ),
    listRollOuts(
      context,
      { ...EVERY_ROLL_OUT, state: ["halted", "under_way"] },
      { size: MAX_SHOWN_ROLL_OUTS },
    ),
  ]);
  const { countedAt, phones, figures, kinds } = statistics;
  return (
    <div className="space-y-5">
      <LiveRefresh topics={["statistics", "captures", "rollOuts"]} loadedAt={context.now} />
      <PageHeader
        title={t("title")}
        description={
          countedAt === null ? (
            t("notCounted")
          ) : (
            <>
              {t("counted")} <Instant date={countedAt} />
            </>
          )
        }
      />
      {steps !== null && <FirstSteps steps={steps} />}
      <FigureCards phones={phones} figures={figures} />
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <DecisionsCard decisions={decisions} />
        <TroubleCard
          devices={trouble.devices}
          total={Math.max(trouble.devices.length, figures.in_trouble)}
        />
      </div>
      <RollOutsCard rollOuts={underWay.rollOuts} total={underWay.total} />
      {phones > 0 && (
        <>
          <FleetCharts {...statistics} range={range} />
          <ModelsCard models={groupByModel(kinds)} />
        </>
      )}
    </div>
  );
}

export default streamed(HomePage, ["charts", "imports.states"]);
