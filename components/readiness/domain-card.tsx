"use client";

import { useTranslations } from "next-intl";
import { FindingList } from "#components/readiness/finding-list";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { Code } from "#components/ui/code";
import { CopyButton } from "#components/ui/copy-button";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";
import { useJoined } from "#components/ui/use-joined";
import type { DhcpOption, DomainReport } from "#programs/readiness/model";

type DomainCardProps = { readonly report: DomainReport };

/** The findings of a domain, and the snippets for its DNS zone and its DHCP server. */
export function DomainCard({ report }: DomainCardProps) {
  const t = useTranslations("readiness");
  const joined = useJoined();
  const { domain, origins, addresses, findings, zone, dhcpOptions } = report;
  return (
    <Card
      title={t("domain", { domain })}
      description={joined(addresses)}
      actions={origins.map((origin) => (
        <Badge key={origin}>{t(`origins.${origin}`)}</Badge>
      ))}
    >
      <div className="space-y-5">
        <FindingList findings={findings} />
        <Zone zone={zone} />
        <div>
          <h3 className="text-sm font-medium">{t("dhcp.title")}</h3>
          <p className="mb-2 text-[0.8125rem] text-ink-muted">{t("dhcp.description")}</p>
          <DhcpOptions domain={domain} options={dhcpOptions} />
        </div>
      </div>
    </Card>
  );
}

function Zone({ zone }: { readonly zone: string }) {
  const t = useTranslations("readiness");
  return (
    <div>
      <div className="mb-1 flex items-center gap-1">
        <h3 className="text-sm font-medium">{t("zone")}</h3>
        <CopyButton text={zone} what={t("zone")} />
      </div>
      <pre
        tabIndex={0}
        aria-label={t("zone")}
        role="region"
        className="overflow-x-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs"
      >
        {zone}
      </pre>
    </div>
  );
}

type DhcpOptionsProps = {
  readonly domain: string;
  readonly options: readonly DhcpOption[];
};

function DhcpOptions({ domain, options }: DhcpOptionsProps) {
  const t = useTranslations("readiness");
  return (
    <Table caption={t("caption.dhcp", { domain })}>
      <thead>
        <tr>
          <TableHead>{t("columns.option")}</TableHead>
          <TableHead>{t("columns.value")}</TableHead>
          <TableHead>{t("columns.hex")}</TableHead>
        </tr>
      </thead>
      <tbody className="border-t border-line">
        {options.map(({ option, value, hex }) => (
          <TableRow key={option}>
            <TableCell>{option}</TableCell>
            <TableCell className="min-w-48">
              {value === "" ? (
                <span className="text-ink-muted">{t("unknown")}</span>
              ) : (
                <Code isBreaking>{value}</Code>
              )}
            </TableCell>
            <TableCell className="min-w-48">
              {hex !== null && (
                <span className="flex items-start gap-1">
                  <code className="mono">{hex}</code>
                  <CopyButton text={hex} what={`${t("columns.option")} ${option}`} />
                </span>
              )}
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
