import { Icon } from "#components/ui/icon";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { cache } from "react";
import { CaptureReasonBadge } from "#components/captures/capture-badges";
import { CapturedRequest } from "#components/captures/captured-request";
import { ReplayResult } from "#components/captures/replay-result";
import { ButtonLink } from "#components/ui/button-link";
import { Card } from "#components/ui/card";
import { Code } from "#components/ui/code";
import { DefinitionList } from "#components/ui/definition-list";
import { Instant } from "#components/ui/instant";
import { PageHeader } from "#components/ui/page-header";
import { NotAllowed } from "#components/shell/not-allowed";
import { may } from "#foundation/core/permissions";
import { pageContext } from "#access/auth/server/panel-context";
import { findCapture } from "#phones/captures/server/find-capture";
import { replayCapture } from "#phones/captures/server/replay-capture";

type CapturePageProps = { readonly params: Promise<{ readonly captureId: string }> };

/** Cached, because both the title and the page need the request. */
const requireCapture = cache(async (captureId: string) => {
  return (await findCapture(await pageContext(), { captureId })) ?? notFound();
});

async function isAllowed(): Promise<boolean> {
  return may((await pageContext()).actor, "capture:read");
}

export async function generateMetadata({ params }: CapturePageProps): Promise<Metadata> {
  if (!(await isAllowed())) {
    return { title: (await getTranslations("errors"))("forbidden.title") };
  }
  const { method, target } = await requireCapture((await params).captureId);
  return { title: `${method} ${target}` };
}

export default async function CapturePage({ params }: CapturePageProps) {
  if (!(await isAllowed())) {
    return <NotAllowed />;
  }
  const capture = await requireCapture((await params).captureId);
  const t = await getTranslations("captures");
  const replay = await replayCapture(await pageContext(), { captureId: capture.id });
  const title = `${capture.method} ${capture.target}`;
  return (
    <div className="space-y-5">
      <PageHeader
        crumbs={[{ label: t("title"), href: "/captures" }, { label: title }]}
        title={<span className="break-all">{title}</span>}
        badges={<CaptureReasonBadge reason={capture.reason} />}
        actions={
          <ButtonLink href={`/api/captures/${capture.id}/raw`} prefetch={false}>
            <Icon name="download" />
            {t("download")}
          </ButtonLink>
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <div className="min-w-0 space-y-5">
          <Card title={t("facts.title")}>
            <DefinitionList
              items={[
                { term: t("columns.at"), value: <Instant date={capture.at} format="precise" /> },
                { term: t("columns.status"), value: <Code>{capture.status}</Code> },
                { term: t("columns.address"), value: <Code>{capture.address}</Code> },
                { term: t("columns.side"), value: t(`sides.${capture.side}`) },
                { term: t("facts.why"), value: t(`why.${capture.reason}`) },
              ]}
            />
          </Card>
          <CapturedRequest capture={capture} />
        </div>
        <div className="min-w-0">
          <ReplayResult replay={replay} />
        </div>
      </div>
    </div>
  );
}
