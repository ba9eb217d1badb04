import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ArrivalsNotice } from "#components/devices/arrivals-notice";
import { ReadinessView } from "#components/readiness/readiness-view";
import { pageContext } from "#lib/auth/server/panel-context";
import { may } from "#lib/core/permissions";
import { findArrivals } from "#lib/devices/server/find-arrivals";
import { findReadinessSettings } from "#lib/discovery/readiness-settings";
import { runReadinessAction, setReadinessSettingsAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("readiness");
  return { title: t("title") };
}

export default async function ReadinessPage() {
  const context = await pageContext();
  const settings = await findReadinessSettings(context);
  const arrivals = await findArrivals(context);
  return (
    <ReadinessView
      notice={<ArrivalsNotice arrivals={arrivals} />}
      settings={settings}
      runReadiness={may(context.actor, "readiness:run") ? runReadinessAction : null}
      setReadinessSettings={
        may(context.actor, "settings:write") ? setReadinessSettingsAction : null
      }
    />
  );
}
