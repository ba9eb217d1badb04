import { useFormatter, useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import { countTrouble } from "#components/roll-outs/count-trouble";
import { RollOutStatusBadge } from "#components/roll-outs/roll-out-badges";
import { ShareBar } from "#components/roll-outs/share-bar";
import { ShareText } from "#components/roll-outs/share-text";
import { Card } from "#components/ui/card";
import { Clipped } from "#components/ui/clipped";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";
import type { RollOutSiteCounts, RollOutStateCounts } from "#fleet/devices/roll-out-state";
import { countPhones } from "#fleet/devices/roll-out-state";
import type { RollOutSummary } from "#phones/roll-outs/model";

/** More rows would not be read; the API has all of them. */
const MAX_ROWS = 200;

type RollOutCompanionsProps = {
  /** All roll-outs of one review, by pool and model; this one is among them. */
  readonly companions: readonly RollOutSummary[];
  /** The numbers by the site of the phones, by the id of a roll-out. */
  readonly sites: ReadonlyMap<string, readonly RollOutSiteCounts[]>;
  readonly currentId: string;
};

/**
 * The roll-outs of one review by the site of their phones and by model. Each is about one model in one pool, because that
 * is what a rule is about. One whose phones are not counted by site has one row, with the site of its pool.
 */
export function RollOutCompanions({ companions, sites, currentId }: RollOutCompanionsProps) {
  const t = useTranslations("rollOuts");
  const rows = companions.flatMap((rollOut) => toRows(rollOut, sites.get(rollOut.id) ?? []));
  return (
    <Card title={t("companions.title")} description={t("companions.description")} isFlush>
      <Table caption={t("companions.title")}>
        <thead>
          <tr>
            <TableHead className="min-w-40">{t("columns.site")}</TableHead>
            <TableHead>{t("columns.model")}</TableHead>
            <TableHead>{t("columns.version")}</TableHead>
            <TableHead>{t("columns.state")}</TableHead>
            <TableHead className="min-w-24">{t("columns.running")}</TableHead>
            <TableHead className="text-end">{t("columns.target")}</TableHead>
            <TableHead className="text-end">{t("columns.trouble")}</TableHead>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MAX_ROWS).map(({ key, ...row }) => (
            <CompanionRow key={key} {...row} isCurrent={row.rollOut.id === currentId} />
          ))}
        </tbody>
      </Table>
      {rows.length > MAX_ROWS && (
        <p className="px-4 py-3 text-[0.8125rem] text-ink-muted">
          {t("companions.more", { count: rows.length - MAX_ROWS })}
        </p>
      )}
    </Card>
  );
}

type SiteRow = {
  readonly rollOut: RollOutSummary;
  readonly siteName: string | null;
  readonly counts: RollOutStateCounts | null;
  /** Null until the phones are counted. */
  readonly target: number | null;
};

function toRows(
  rollOut: RollOutSummary,
  sites: readonly RollOutSiteCounts[],
): readonly (SiteRow & { readonly key: string })[] {
  if (sites.length === 0) {
    const { siteName, counts, target } = rollOut;
    return [{ key: rollOut.id, rollOut, siteName, counts, target }];
  }
  return sites.map(({ siteName, ...counts }) => ({
    key: `${rollOut.id}/${siteName ?? ""}`,
    rollOut,
    siteName,
    counts,
    target: countPhones(counts),
  }));
}

type CompanionRowProps = SiteRow & { readonly isCurrent: boolean };

function CompanionRow({ rollOut, siteName, counts, target, isCurrent }: CompanionRowProps) {
  const format = useFormatter();
  const { hardware, poolFqdn } = rollOut;
  return (
    <TableRow>
      <TableCell>
        {siteName ?? "–"}
        <span className="block text-xs text-ink-muted">
          <Clipped text={poolFqdn} />
        </span>
      </TableCell>
      <TableCell>
        {isCurrent ? (
          <span className="font-medium">{hardware.model}</span>
        ) : (
          <Link href={`/roll-outs/${rollOut.id}`} className="text-link">
            {hardware.model}
          </Link>
        )}
        <span className="block text-xs text-ink-muted">
          {hardware.revision} {hardware.locale} {rollOut.updateType}
        </span>
      </TableCell>
      <TableCell>{rollOut.toVersion ?? "–"}</TableCell>
      <TableCell>
        <RollOutStatusBadge status={rollOut.status} />
      </TableCell>
      <TableCell>
        {counts !== null && target !== null && target > 0 && (
          <span className="block space-y-1">
            <ShareText phones={counts.running} target={target} />
            <ShareBar counts={counts} target={target} />
          </span>
        )}
      </TableCell>
      <TableCell className="text-end">{target === null ? "" : format.number(target)}</TableCell>
      <TableCell className="text-end">
        {counts === null ? "" : format.number(countTrouble(counts))}
      </TableCell>
    </TableRow>
  );
}
