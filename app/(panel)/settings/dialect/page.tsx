import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DialectEditor } from "#components/dialect/dialect-editor";
import { Badge } from "#components/ui/badge";
import { ButtonLink } from "#components/ui/button-link";
import { Callout } from "#components/ui/callout";
import { Instant } from "#components/ui/instant";
import { streamed } from "#components/shell/streamed";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#access/auth/server/panel-context";
import { may } from "#foundation/core/permissions";
import { findDialect } from "#phones/dialect/server/find-dialect";
import { sampleAnswers } from "#phones/dialect/sample-answers";
import { changeDialectAction, resetDialectAction } from "./actions";

const STATE_TONES = { default: "neutral", corrected: "accent", broken: "warn" } as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("dialect");
  return { title: t("title") };
}

async function DialectPage() {
  const context = await pageContext();
  const t = await getTranslations("dialect");
  const { dialect, changed, isBroken } = await findDialect(context);
  const settings = await getTranslations("settings");
  const state = isBroken ? "broken" : changed === null ? "default" : "corrected";
  const seenAt = changed?.at.toISOString() ?? null;
  return (
    <div className="space-y-5">
      <PageHeader
        crumbs={[{ label: settings("title"), href: "/settings" }, { label: t("crumb") }]}
        title={t("title")}
        badges={
          <>
            <Badge tone={STATE_TONES[state]}>{t(`states.${state}`)}</Badge>
            {changed !== null && (
              <span className="text-[0.8125rem] text-ink-muted">
                {t("changedBy", { name: changed.by })} <Instant date={changed.at} />
              </span>
            )}
          </>
        }
        description={t("description")}
        actions={
          may(context.actor, "capture:read") && (
            <ButtonLink href="/captures">{t("captures")}</ButtonLink>
          )
        }
      />
      {isBroken && <Callout tone="warn">{t("broken")}</Callout>}
      <DialectEditor
        key={seenAt}
        dialect={dialect}
        samples={sampleAnswers(dialect)}
        seenAt={seenAt}
        mayChange={may(context.actor, "settings:write")}
        actions={{ changeDialect: changeDialectAction, resetDialect: resetDialectAction }}
      />
    </div>
  );
}

export default streamed(DialectPage, ["dialect"]);
