import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";

type NoMatchProps = { readonly onClear: () => void };

/** Shown when the list has rows, but none matches the search and filters. */
export function NoMatch({ onClear }: NoMatchProps) {
  const t = useTranslations("table");
  return (
    <EmptyState
      icon={<Icon name="search-x" />}
      title={t("noMatch.title")}
      description={t("noMatch.description")}
      actions={<Button onClick={onClear}>{t("clearFilters")}</Button>}
    />
  );
}
