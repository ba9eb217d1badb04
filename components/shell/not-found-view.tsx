import { SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";

/** Says that there is nothing at an address, and leads back. The page around it brings the landmark. */
export function NotFoundView() {
  const t = useTranslations("errors");
  return (
    <EmptyState
      isPage
      icon={<SearchX />}
      title={t("notFound.title")}
      description={t("notFound.description")}
      actions={
        <ButtonLink href="/" variant="primary">
          {t("backToUpdates")}
        </ButtonLink>
      }
    />
  );
}
