import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LogSettingsCard } from "#components/device-logs/log-settings-card";
import { NewLogSettings } from "#components/device-logs/new-log-settings";
import { streamed } from "#components/shell/streamed";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#access/auth/server/panel-context";
import { may } from "#foundation/core/permissions";
import { nextCleanUp } from "#phones/device-logs/clean-up-time";
import { effectiveLogSettings } from "#phones/device-logs/model";
import { listLogSettings } from "#phones/device-logs/server/list-log-settings";
import { listSiteNames } from "#fleet/sites/server/list-site-names";
import {
  changeLogSettingsAction,
  createLogSettingsAction,
  removeLogSettingsAction,
} from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("logs.settings");
  return { title: t("title") };
}

async function LogSettingsPage() {
  const context = await pageContext();
  const t = await getTranslations("logs");
  const stored = await listLogSettings(context);
  const sites = await listSiteNames(context);
  const mayChange = may(context.actor, "settings:write");
  const siteNames = sites
    .filter(({ id }) => stored.every(({ siteId }) => siteId !== id))
    .map(({ name }) => name);
  return (
    <div className="space-y-5">
      <PageHeader
        crumbs={[{ label: t("title"), href: "/logs" }, { label: t("settings.title") }]}
        title={t("settings.title")}
        description={t("settings.description")}
        actions={
          mayChange &&
          siteNames.length > 0 && (
            <NewLogSettings
              initial={effectiveLogSettings(stored, null)}
              siteNames={siteNames}
              create={createLogSettingsAction}
            />
          )
        }
      />
      {stored.map((one) => (
        <LogSettingsCard
          key={one.siteId ?? "global"}
          stored={one}
          nextCleanUpAt={nextCleanUp(context.now, one.settings.cleanUpTimeOfDay)}
          actions={
            mayChange ? { change: changeLogSettingsAction, remove: removeLogSettingsAction } : null
          }
        />
      ))}
    </div>
  );
}

export default streamed(LogSettingsPage, ["logs.settings"]);
