import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ArrivalsNotice } from "#components/devices/arrivals-notice";
import { ReadinessView } from "#components/readiness/readiness-view";
import { streamed } from "#components/shell/streamed";
import { pageContext } from "#access/auth/server/panel-context";
import { may } from "#foundation/core/permissions";
import { findArrivals } from "#fleet/devices/server/find-arrivals";
import { findReadinessSettings } from "#programs/readiness/readiness-settings";
import { runReadinessAction, setReadinessSettingsAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("readiness");
  return { title: t("title") };
}

async function ReadinessPage() {
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

export default streamed(ReadinessPage, ["readiness"]);
