import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import { Code } from "#components/ui/code";
import { Instant } from "#components/ui/instant";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";
import type { CheckEntry } from "#phones/check-log/check-row";

type CheckListProps = { readonly checks: readonly CheckEntry[] };

/** The latest checks of a phone and their outcomes. */
export function CheckList({ checks }: CheckListProps) {
  const t = useTranslations("devices.checks");
  return (
    <Card title={t("title")} isFlush>
      <Table caption={t("caption")}>
        <thead>
          <tr>
            <TableHead>{t("at")}</TableHead>
            <TableHead>{t("reported")}</TableHead>
            <TableHead>{t("answer")}</TableHead>
            <TableHead className="max-sm:hidden">{t("trigger")}</TableHead>
            <TableHead className="max-md:hidden">{t("from")}</TableHead>
          </tr>
        </thead>
        <tbody className="border-t border-line">
          {checks.map((check) => (
            <CheckRow key={check.id} check={check} />
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function CheckRow({ check }: { readonly check: CheckEntry }) {
  const t = useTranslations("devices");
  const { at, requested, offered, outcome, trigger, address, side, dialect } = check;
  return (
    <TableRow>
      <TableCell>
        <Instant date={at} />
      </TableCell>
      <TableCell>
        <Code>{requested.map(({ version }) => version).join(", ") || "–"}</Code>
      </TableCell>
      <TableCell>
        {t(`outcomes.${outcome}`, {
          versions: offered.map(({ version }) => version).join(", "),
        })}
      </TableCell>
      <TableCell className="max-sm:hidden">{t(`triggers.${trigger ?? "none"}`)}</TableCell>
      <TableCell className="max-md:hidden">
        <Code>{address}</Code>{" "}
        <span className="text-xs text-ink-muted">
          {t(`sides.${side}`)}, {t(`dialects.${dialect}`)}
        </span>
      </TableCell>
    </TableRow>
  );
}
