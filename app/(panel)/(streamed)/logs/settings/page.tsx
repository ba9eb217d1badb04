import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LogSettingsCard } from "#components/logs/log-settings-card";
import { NewLogSettings } from "#components/logs/new-log-settings";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#lib/auth/server/panel-context";
import { may } from "#lib/core/permissions";
import { nextCleanUp } from "#lib/logs/clean-up-time";
import { effectiveLogSettings } from "#lib/logs/model";
import { listLogSettings } from "#lib/logs/server/list-log-settings";
import { listSites } from "#lib/pools/server/list-pools";
import {
  changeLogSettingsAction,
  createLogSettingsAction,
  removeLogSettingsAction,
} from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("logs.settings");
  return { title: t("title") };
}

export default async function LogSettingsPage() {
  const context = await pageContext();
  const t = await getTranslations("logs");
  const stored = await listLogSettings(context);
  const sites = await listSites(context);
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
