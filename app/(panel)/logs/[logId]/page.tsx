import { Icon } from "#components/ui/icon";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Link } from "#components/ui/link";
import { notFound } from "next/navigation";
import { cache } from "react";
import { TextBlock } from "#components/captures/text-block";
import { toPhoneMark } from "#components/device-logs/phone-mark";
import { Bytes } from "#components/ui/bytes";
import { ButtonLink } from "#components/ui/button-link";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { Code } from "#components/ui/code";
import { DefinitionList } from "#components/ui/definition-list";
import { Instant } from "#components/ui/instant";
import { PageHeader } from "#components/ui/page-header";
import { NotAllowed } from "#components/shell/not-allowed";
import { may } from "#foundation/core/permissions";
import { pageContext } from "#access/auth/server/panel-context";
import { prettyBody } from "#phones/captures/pretty-body";
import { viewLog } from "#phones/device-logs/server/read-log";

type LogPageProps = { readonly params: Promise<{ readonly logId: string }> };

/** Cached, because both the title and the page need the log. */
const requireLog = cache(async (logId: string) => {
  return (await viewLog(await pageContext(), { logId })) ?? notFound();
});

async function isAllowed(): Promise<boolean> {
  return may((await pageContext()).actor, "log:read");
}

export async function generateMetadata({ params }: LogPageProps): Promise<Metadata> {
  if (!(await isAllowed())) {
    return { title: (await getTranslations("errors"))("forbidden.title") };
  }
  const { log } = await requireLog((await params).logId);
  return { title: log.fileName };
}

export default async function LogPage({ params }: LogPageProps) {
  if (!(await isAllowed())) {
    return <NotAllowed />;
  }
  const { log, head } = await requireLog((await params).logId);
  const t = await getTranslations("logs");
  return (
    <div className="space-y-5">
      <PageHeader
        crumbs={[{ label: t("title"), href: "/logs" }, { label: log.fileName }]}
        title={<span className="break-all">{log.fileName}</span>}
        actions={
          head !== null && (
            <ButtonLink href={`/api/logs/${log.id}`} prefetch={false}>
              <Icon name="download" />
              {t("download")}
            </ButtonLink>
          )
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0 space-y-5 max-lg:order-last">
          {head === null ? (
            <Callout tone="warn">{t("elsewhere")}</Callout>
          ) : (
            <>
              {head.length < log.sizeBytes && <Callout>{t("onlyHead")}</Callout>}
              <Card title={t("content")}>
                <TextBlock label={log.fileName} text={prettyBody(head).text} />
              </Card>
            </>
          )}
        </div>
        <Card title={t("facts")}>
          <DefinitionList
            isNarrow
            items={[
              { term: t("columns.at"), value: <Instant date={log.at} format="precise" /> },
              { term: t("columns.logType"), value: log.logType },
              {
                term: t("columns.phone"),
                value: (
                  <Link
                    href={`/logs?q=${encodeURIComponent(log.macAddress ?? log.serialNumber ?? log.address)}`}
                    className="text-link"
                  >
                    <Code>{toPhoneMark(log)}</Code>
                  </Link>
                ),
              },
              { term: t("columns.model"), value: `${log.brand} ${log.model}`.trim() },
              { term: t("columns.givenName"), value: log.givenName },
              { term: t("columns.sizeBytes"), value: <Bytes sizeBytes={log.sizeBytes} /> },
              { term: t("columns.pool"), value: log.poolFqdn },
              { term: t("columns.address"), value: <Code>{log.address}</Code> },
              { term: t("columns.user"), value: log.userName },
            ]}
          />
        </Card>
      </div>
    </div>
  );
}
