import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";
import { CaptureModeBadge } from "#components/captures/capture-badges";
import { CaptureSwitch } from "#components/captures/capture-switch";
import { CapturesTable } from "#components/captures/captures-table";
import { ButtonLink } from "#components/ui/button-link";
import { Callout } from "#components/ui/callout";
import { streamed } from "#components/shell/streamed";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#access/auth/server/panel-context";
import { captureSearchParams } from "#phones/captures/search-params";
import { findCaptureLosses } from "#phones/captures/server/find-capture-losses";
import { findCaptureSettings } from "#phones/captures/server/find-capture-settings";
import { listCaptures } from "#phones/captures/server/list-captures";
import { may } from "#foundation/core/permissions";
import { removeCapturesAction, setCaptureAction } from "./actions";

const loadSearch = createLoader(captureSearchParams);

type CapturesPageProps = { readonly searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("captures");
  return { title: t("title") };
}

async function CapturesPage({ searchParams }: CapturesPageProps) {
  const context = await pageContext();
  const t = await getTranslations("captures");
  const { captures, total, page } = await listCaptures(context, await loadSearch(searchParams));
  const { settings, changed } = await findCaptureSettings(context);
  const { overRate, dropped } = await findCaptureLosses(context);
  const mayChange = may(context.actor, "settings:write");
  const captureSwitch = mayChange && (
    <CaptureSwitch
      settings={settings}
      seenAt={changed?.at.toISOString() ?? null}
      setCapture={setCaptureAction}
    />
  );
  return (
    <div className="space-y-5">
      <PageHeader
        title={t("title")}
        badges={<CaptureModeBadge mode={settings.mode} />}
        description={
          <>
            {t("description")} {t("limits", settings)}
          </>
        }
        actions={
          <>
            <ButtonLink href="/settings/dialect">{t("dialect")}</ButtonLink>
            {captureSwitch}
          </>
        }
      />
      {overRate + dropped > 0 && (
        <Callout tone="warn">{t("losses", { overRate, dropped })}</Callout>
      )}
      <CapturesTable
        captures={captures}
        total={total}
        page={page}
        removeCaptures={mayChange ? removeCapturesAction : null}
        isCapturing={settings.mode !== "off"}
        emptyActions={settings.mode === "off" && captureSwitch}
      />
    </div>
  );
}

export default streamed(CapturesPage, ["captures"]);
