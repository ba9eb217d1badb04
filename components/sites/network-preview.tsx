import { useFormatter, useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge";
import { Callout } from "#components/ui/callout";
import { Code } from "#components/ui/code";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";
import type { NetworkChange, NetworkPreview, RefusedLine } from "#fleet/sites/model";

const TONES = {
  added: "good",
  moved: "warn",
  unchanged: "neutral",
} as const satisfies Record<NetworkChange, string>;

/** What a pasted list would change, after the lines that cannot be used. */
export function NetworkPreviewList({ preview }: { readonly preview: NetworkPreview }) {
  const t = useTranslations("sites.import");
  const format = useFormatter();
  const { networks, refused } = preview;
  return (
    <div className="space-y-4">
      {refused.length > 0 && (
        <Callout tone="bad" title={t("refused", { count: refused.length })}>
          <ul className="max-h-40 space-y-1 overflow-y-auto">
            {refused.map((line) => (
              <li key={line.line}>
                <RefusedText {...line} />
              </li>
            ))}
          </ul>
        </Callout>
      )}
      {networks.length > 0 && (
        <div className="max-h-80 overflow-auto rounded-md border border-line">
          <Table caption={t("previewTitle")}>
            <thead>
              <tr>
                <TableHead>{t("network")}</TableHead>
                <TableHead>{t("site")}</TableHead>
                <TableHead>{t("change")}</TableHead>
                <TableHead>{t("phones")}</TableHead>
              </tr>
            </thead>
            <tbody>
              {networks.map(({ network, siteName, change, fromSite, within, phones }) => (
                <TableRow key={network}>
                  <TableCell>
                    <Code>{network}</Code>
                    {within !== null && (
                      <span className="block text-xs text-ink-muted">
                        {t("within", { network: within.network, site: within.siteName })}
                      </span>
                    )}
                  </TableCell>
                  <TableCell>{siteName}</TableCell>
                  <TableCell>
                    <Badge tone={TONES[change]}>{t(`changes.${change}`)}</Badge>
                    {change === "moved" && (
                      <span className="block text-xs text-ink-muted">
                        {t("from", { site: fromSite ?? "" })}
                      </span>
                    )}
                  </TableCell>
                  <TableCell>{format.number(phones)}</TableCell>
                </TableRow>
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </div>
  );
}

function RefusedText({ line, text, problem, meant }: RefusedLine) {
  const t = useTranslations("sites.import.problems");
  return <>{t(problem, { line, text, meant: meant ?? "" })}</>;
}
