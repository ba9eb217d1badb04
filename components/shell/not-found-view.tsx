import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { HomeLink } from "#components/shell/home-link";
import { EmptyState } from "#components/ui/empty-state";

/** The content of the 404 page, with a link back. The surrounding page has the main landmark. */
export function NotFoundView() {
  const t = useTranslations("errors");
  return (
    <EmptyState
      isPage
      icon={<Icon name="search-x" />}
      title={t("notFound.title")}
      description={t("notFound.description")}
      actions={<HomeLink variant="primary" />}
    />
  );
}
