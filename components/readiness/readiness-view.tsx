"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ReactNode } from "react";
import { DomainCard } from "#components/readiness/domain-card";
import { FindingList } from "#components/readiness/finding-list";
import { ReadinessSettingsButton } from "#components/readiness/readiness-settings";
import type { SaveReadinessSettings } from "#components/readiness/readiness-settings";
import type { RunReadiness } from "#components/readiness/try-outside";
import { TryOutsideButton } from "#components/readiness/try-outside";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { FailureCallout } from "#components/ui/failure-callout";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { Instant } from "#components/ui/instant";
import { PageHeader } from "#components/ui/page-header";
import { useActionForm } from "#components/forms/use-action-form";
import type { ActionResult } from "#access/auth/action-result";
import type { Severity } from "#programs/readiness/finding";
import type { ReadinessReport } from "#programs/readiness/model";
import type { StoredReadinessSettings } from "#programs/readiness/settings";

type ReadinessViewProps = {
  /** A notice that needs no run. */
  readonly notice: ReactNode;
  readonly settings: StoredReadinessSettings;
  /** Null if the user may not start a run. */
  readonly runReadiness: RunReadiness | null;
  readonly setReadinessSettings: SaveReadinessSettings | null;
};

export function ReadinessView({
  notice,
  settings,
  runReadiness,
  setReadinessSettings,
}: ReadinessViewProps) {
  const t = useTranslations("readiness");
  const [report, setReport] = useState<ReadinessReport | null>(null);
  const { isBusy, failure, submit } = useActionForm(runReadiness ?? refuse);
  const run = runReadiness !== null && (
    <Button
      variant="primary"
      isBusy={isBusy}
      onClick={() => submit({ credentials: null }, setReport)}
    >
      {isBusy ? t("running") : t("run")}
    </Button>
  );
  return (
    <div className="space-y-5">
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <>
            {setReadinessSettings !== null && (
              <ReadinessSettingsButton settings={settings} save={setReadinessSettings} />
            )}
            {runReadiness !== null && <TryOutsideButton run={runReadiness} onReport={setReport} />}
            {run}
          </>
        }
      />
      {notice}
      <FailureCallout failure={failure} title={t("failed")} />
      {report === null ? (
        <Card>
          <EmptyState
            icon={<Icon name="stethoscope" />}
            title={t("idle.title")}
            description={t("idle.description")}
          />
        </Card>
      ) : (
        <Report report={report} />
      )}
    </div>
  );
}

/** A placeholder for users without a run button. */
function refuse(): Promise<ActionResult<ReadinessReport>> {
  return Promise.resolve({
    ok: false,
    code: "forbidden",
    fields: [],
    reason: null,
    requestId: "",
  });
}

function Report({ report }: { readonly report: ReadinessReport }) {
  const t = useTranslations("readiness");
  const parts = [report, ...report.domains, ...report.pools];
  const findings = parts.flatMap((part) => part.findings);
  const count = (severity: Severity): number =>
    findings.filter((item) => item.severity === severity).length;
  const problems = count("problem");
  const warnings = count("warning");
  return (
    <>
      <Callout
        role="status"
        tone={problems > 0 ? "bad" : warnings > 0 ? "warn" : "good"}
        title={t("summary", { problems, warnings })}
      >
        {t("checkedAt")} <Instant date={report.checkedAt} />
      </Callout>
      {report.findings.length > 0 && (
        <Card title={t("service")}>
          <FindingList findings={report.findings} />
        </Card>
      )}
      {report.pools.map(({ fqdn, findings: found, internalBaseUrl, externalBaseUrl }) => (
        <Card
          key={fqdn}
          title={t("pool", { pool: fqdn })}
          description={
            <span className="break-all">
              {internalBaseUrl} · {externalBaseUrl}
            </span>
          }
        >
          <FindingList findings={found} />
        </Card>
      ))}
      {report.domains.map((domain) => (
        <DomainCard key={domain.domain} report={domain} />
      ))}
    </>
  );
}
