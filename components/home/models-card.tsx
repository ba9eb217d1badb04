import { useFormatter, useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import { Card } from "#components/ui/card";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";
import type { ModelSummary } from "#phones/statistics/by-model";

const MAX_SHOWN_MODELS = 8;
const MAX_SHOWN_VERSIONS = 3;

type ModelsCardProps = { readonly models: readonly ModelSummary[] };

/** The phones of each model and the versions that they run. Each number leads to its phones. */
export function ModelsCard({ models }: ModelsCardProps) {
  const t = useTranslations("home.models");
  const more = models.slice(MAX_SHOWN_MODELS);
  return (
    <Card title={t("title")} isFlush>
      <ModelsTable models={models.slice(0, MAX_SHOWN_MODELS)} />
      {more.length > 0 && (
        <details className="border-t border-line">
          <summary className="px-4 py-2.5 text-[0.8125rem] font-medium text-accent-ink">
            {t("more", { count: more.length })}
          </summary>
          <ModelsTable models={more} />
        </details>
      )}
    </Card>
  );
}

function ModelsTable({ models }: ModelsCardProps) {
  const t = useTranslations("home.models");
  return (
    // The roles are explicit, because browsers drop the implicit ones when CSS does not lay the elements out as a table.
    <Table role="table" caption={t("caption")} className="models-table">
      <thead role="rowgroup">
        <tr role="row">
          <TableHead role="columnheader">{t("model")}</TableHead>
          <TableHead role="columnheader" className="text-end">
            {t("phones")}
          </TableHead>
          <TableHead role="columnheader" className="text-end">
            {t("upToDate")}
          </TableHead>
          <TableHead role="columnheader">{t("versions")}</TableHead>
        </tr>
      </thead>
      <tbody role="rowgroup" className="border-t border-line">
        {models.map((summary) => (
          <ModelRow key={`${summary.brand}/${summary.model}`} summary={summary} />
        ))}
      </tbody>
    </Table>
  );
}

function ModelRow({ summary }: { readonly summary: ModelSummary }) {
  const t = useTranslations("home.models");
  const format = useFormatter();
  const { brand, model, phones, upToDate } = summary;
  return (
    <TableRow role="row">
      <TableCell role="cell" className="font-medium">
        {model === "" ? (
          t("other")
        ) : (
          <Link href={hrefOf({ model })} className="quiet-link whitespace-nowrap">
            {brand} {model}
          </Link>
        )}
      </TableCell>
      <TableCell role="cell" className="text-end">
        {format.number(phones)}
      </TableCell>
      <TableCell role="cell" className="text-end whitespace-nowrap">
        {format.number(phones === 0 ? 0 : upToDate / phones, {
          style: "percent",
          maximumFractionDigits: 1,
        })}
      </TableCell>
      <TableCell role="cell">
        <Versions summary={summary} />
      </TableCell>
    </TableRow>
  );
}

function Versions({ summary: { model, versions } }: { readonly summary: ModelSummary }) {
  const t = useTranslations("home.models");
  const format = useFormatter();
  const hidden = versions.length - MAX_SHOWN_VERSIONS;
  return (
    <ul>
      {versions.slice(0, MAX_SHOWN_VERSIONS).map(({ version, phones }) => (
        <li key={version}>
          {version === "" || model === "" ? (
            t("noVersion")
          ) : (
            <Link href={hrefOf({ model, q: version })} className="font-mono">
              {version}
            </Link>
          )}{" "}
          {format.number(phones)}
        </li>
      ))}
      {hidden > 0 && <li>{t("moreVersions", { count: hidden })}</li>}
    </ul>
  );
}

function hrefOf(search: Readonly<Record<string, string>>): string {
  return `/devices?${new URLSearchParams(search).toString()}`;
}
