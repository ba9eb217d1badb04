import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { ButtonLink } from "#components/ui/button-link";
import { EmptyState } from "#components/ui/empty-state";

type UnknownFilterProps = {
  readonly title: string;
  readonly description: string;
  /** The page without filters. */
  readonly href: string;
};

/** Replaces a list that is filtered by an unknown name, because an empty list would look like a complete answer. */
export function UnknownFilter({ title, description, href }: UnknownFilterProps) {
  const t = useTranslations("table");
  return (
    <div role="alert" className="rounded-lg border border-line bg-surface">
      <EmptyState
        icon={<Icon name="search-x" />}
        title={title}
        description={description}
        actions={<ButtonLink href={href}>{t("clearFilters")}</ButtonLink>}
      />
    </div>
  );
}
