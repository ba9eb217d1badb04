import { SearchX } from "#components/ui/icons";
import { useTranslations } from "next-intl";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";

type UnknownPoolProps = {
  readonly fqdn: string;
  /** The page without filters. */
  readonly href: string;
};

/** Replaces a list that is filtered by an unknown pool, because an empty list would look like a complete answer. */
export function UnknownPool({ fqdn, href }: UnknownPoolProps) {
  const t = useTranslations("pools.unknown");
  const table = useTranslations("table");
  return (
    <div role="alert" className="rounded-lg border border-line bg-surface">
      <EmptyState
        icon={<SearchX />}
        title={t("title", { fqdn })}
        description={t("description")}
        actions={<ButtonLink href={href}>{table("clearFilters")}</ButtonLink>}
      />
    </div>
  );
}
