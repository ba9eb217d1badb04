"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { PhoneName } from "#components/imports/phone-name";
import { Badge } from "#components/ui/badge";
import { Bytes } from "#components/ui/bytes";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";
import type { FoundUpdate, UnderstoodUpdate } from "#firmware/imports/model";
import type { CatalogVerdict } from "#firmware/rules/model";

type FoundUpdatesProps = {
  readonly caption: string;
  /** Without catalog verdicts if the catalog has not been verified yet. */
  readonly updates: readonly FoundUpdate[] | readonly UnderstoodUpdate[];
};

/** The firmware of a package, with the source of its description and, if known, the verdict of its security catalog. */
export function FoundUpdates({ caption, updates }: FoundUpdatesProps) {
  const t = useTranslations("imports");
  const hasVerdicts = updates.some((update) => "catalogVerdict" in update);
  return (
    <Table caption={caption}>
      <thead>
        <tr>
          <TableHead>{t("columns.phone")}</TableHead>
          <TableHead className="max-sm:hidden">{t("columns.version")}</TableHead>
          <TableHead className="max-sm:hidden">{t("columns.files")}</TableHead>
          <TableHead className="max-sm:hidden">{t("columns.describedBy")}</TableHead>
          {hasVerdicts && <TableHead>{t("columns.catalog")}</TableHead>}
        </tr>
      </thead>
      <tbody className="border-t border-line">
        {updates.map((update) => (
          <TableRow key={`${Object.values(update.hardware).join("/")} ${update.updateType}`}>
            <TableCell>
              <PhoneName hardware={update.hardware} />
              <span className="block sm:hidden">
                <span className="block text-xs">
                  {update.updateType} {update.version}
                </span>
                <UpdateFiles update={update} />
                <span className="block text-xs text-ink-muted">
                  {t(`describedBy.${update.describedBy}`)}
                </span>
              </span>
            </TableCell>
            <TableCell className="max-sm:hidden">
              {update.version}
              <span className="block text-xs text-ink-muted">{update.updateType}</span>
            </TableCell>
            <TableCell className="max-sm:hidden">
              <UpdateFiles update={update} />
            </TableCell>
            <TableCell className="max-sm:hidden">
              {t(`describedBy.${update.describedBy}`)}
            </TableCell>
            {"catalogVerdict" in update && (
              <TableCell>
                <CatalogBadge verdict={update.catalogVerdict} signer={update.catalogSigner} />
              </TableCell>
            )}
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}

type UpdateFilesProps = { readonly update: Pick<UnderstoodUpdate, "fileNames" | "sizeBytes"> };

/** Shown in a separate column, or below the phone on a narrow screen. */
function UpdateFiles({ update: { fileNames, sizeBytes } }: UpdateFilesProps) {
  return (
    <>
      <span className="block min-w-28 font-mono text-xs wrap-anywhere">{fileNames.join(", ")}</span>
      <span className="block text-xs text-ink-muted">
        <Bytes sizeBytes={sizeBytes} />
      </span>
    </>
  );
}

const VERDICTS = {
  verified: { tone: "good", icon: <Icon name="shield-check" /> },
  not_in_catalog: { tone: "bad", icon: <Icon name="shield-alert" /> },
  no_catalog: { tone: "neutral", icon: <Icon name="shield-off" /> },
  unreadable_catalog: { tone: "warn", icon: <Icon name="shield-question" /> },
} as const satisfies Record<CatalogVerdict, unknown>;

type CatalogBadgeProps = {
  readonly verdict: CatalogVerdict;
  readonly signer: string | null;
};

function CatalogBadge({ verdict, signer }: CatalogBadgeProps) {
  const t = useTranslations("imports.catalog");
  const { tone, icon } = VERDICTS[verdict];
  return (
    <>
      <Badge tone={tone} icon={icon}>
        {t(verdict)}
      </Badge>
      {signer !== null && (
        <span className="mt-1 block text-xs text-ink-muted">{t("signedBy", { signer })}</span>
      )}
    </>
  );
}
