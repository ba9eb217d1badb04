import { Icon } from "#components/ui/icon";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";
import { ClearLogs } from "#components/device-logs/clear-logs";
import { LogsTable } from "#components/device-logs/logs-table";
import { UnknownPool } from "#components/pools/unknown-pool";
import { ButtonLink } from "#components/ui/button-link";
import { streamed } from "#components/shell/streamed";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#access/auth/server/panel-context";
import { may } from "#foundation/core/permissions";
import { listDeviceFacets } from "#fleet/devices/server/list-device-facets";
import { formatBytes } from "#foundation/i18n/format-bytes";
import { logSearchParams } from "#phones/device-logs/search-params";
import { describeLogs, listLogs } from "#phones/device-logs/server/list-logs";
import { findUnknownPool } from "#fleet/pools/server/known-pools";
import { clearLogsAction } from "./actions";

const loadSearch = createLoader(logSearchParams);

type LogsPageProps = { readonly searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("logs");
  return { title: t("title") };
}

async function LogsPage({ searchParams }: LogsPageProps) {
  const context = await pageContext();
  const t = await getTranslations("logs");
  const search = await loadSearch(searchParams);
  const unknownPool = await findUnknownPool(context, search.pool);
  if (unknownPool !== null) {
    return (
      <div className="space-y-5">
        <PageHeader title={t("title")} description={t("description")} />
        <UnknownPool fqdn={unknownPool} href="/logs" />
      </div>
    );
  }
  const { logs, total, page } = await listLogs(context, search);
  const locale = await getLocale();
  const { types, usage } = await describeLogs(context);
  const { pools } = await listDeviceFacets(context);
  return (
    <div className="space-y-5">
      <PageHeader
        title={t("title")}
        description={
          <>
            {t("description")}{" "}
            {t("usage", {
              used: formatBytes(usage.usedBytes, locale),
              quota: formatBytes(usage.quotaBytes, locale),
            })}
          </>
        }
        actions={
          <>
            {total > 0 && may(context.actor, "settings:write") && (
              <ClearLogs clearLogs={clearLogsAction} />
            )}
            <ButtonLink href="/logs/settings">
              <Icon name="settings-2" />
              {t("settings.title")}
            </ButtonLink>
          </>
        }
      />
      <LogsTable
        logs={logs}
        total={total}
        page={page}
        loadedAt={context.now}
        types={types}
        pools={pools}
      />
    </div>
  );
}

export default streamed(LogsPage, ["checks.range", "logs"]);
