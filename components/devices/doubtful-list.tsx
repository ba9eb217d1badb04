import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import type { MergeActions } from "#components/devices/merge-actions";
import { MergeButton } from "#components/devices/merge-button";
import { RetirementButton } from "#components/devices/retirement-button";
import type { ChangeRetirement } from "#components/devices/retirement-dialog";
import { Code } from "#components/ui/code";
import { Comma } from "#components/ui/comma";
import { Instant } from "#components/ui/instant";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";
import { phoneName } from "#fleet/devices/audit-facts";
import type { DoubtfulPhone } from "#fleet/devices/conflicts";

type DoubtfulListProps = {
  readonly caption: string;
  readonly phones: readonly DoubtfulPhone[];
  /** Null: the person has only read access. */
  readonly actions: { readonly retire: ChangeRetirement; readonly merge: MergeActions } | null;
  /** Whether the rows may be one phone, so that each can be merged with the first one. */
  readonly isMergeable?: boolean;
};

/** Rows of the inventory that may not be what they look like. */
export function DoubtfulList({ caption, phones, actions, isMergeable = false }: DoubtfulListProps) {
  const t = useTranslations("doubtful");
  const [first] = phones;
  return (
    <Table caption={caption}>
      <thead>
        <tr>
          <TableHead>{t("columns.phone")}</TableHead>
          <TableHead className="max-md:hidden">{t("columns.serialNumber")}</TableHead>
          <TableHead className="max-md:hidden">{t("columns.address")}</TableHead>
          <TableHead className="max-md:hidden">{t("columns.firstSeenAt")}</TableHead>
          <TableHead className="max-md:hidden">{t("columns.lastSeenAt")}</TableHead>
          {actions !== null && (
            <TableHead>
              <span className="sr-only">{t("columns.actions")}</span>
            </TableHead>
          )}
        </tr>
      </thead>
      <tbody className="border-t border-line">
        {phones.map((phone) => {
          const name = phoneName(phone);
          return (
            <TableRow key={phone.id}>
              <TableCell>
                <Link href={`/devices/${phone.id}`} className="text-link whitespace-nowrap">
                  {name}
                </Link>
                <span className="block text-xs text-ink-muted md:hidden">
                  {phone.serialNumber ?? "–"}
                  <Comma />
                  <Instant date={phone.lastSeenAt} />
                </span>
              </TableCell>
              <TableCell className="max-md:hidden">
                <Code isBreaking>{phone.serialNumber ?? "–"}</Code>
              </TableCell>
              <TableCell className="max-md:hidden">
                <Code>{phone.address}</Code>
              </TableCell>
              <TableCell className="max-md:hidden">
                <Instant date={phone.firstSeenAt} />
              </TableCell>
              <TableCell className="max-md:hidden">
                <Instant date={phone.lastSeenAt} />
              </TableCell>
              {actions !== null && (
                <TableCell>
                  <div className="flex flex-wrap justify-end gap-2">
                    {isMergeable && first !== undefined && first.id !== phone.id && (
                      <MergeButton
                        deviceIds={[first.id, phone.id]}
                        label={t("merge.label", { one: phoneName(first), other: name })}
                        actions={actions.merge}
                      />
                    )}
                    <RetirementButton
                      what="retire"
                      phone={{ id: phone.id, name }}
                      action={actions.retire}
                      size="sm"
                    />
                  </div>
                </TableCell>
              )}
            </TableRow>
          );
        })}
      </tbody>
    </Table>
  );
}
