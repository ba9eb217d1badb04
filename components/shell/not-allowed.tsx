import { useTranslations } from "next-intl";
import { HomeLink } from "#components/shell/home-link";
import { ErrorState } from "#components/ui/error-state";
import { Icon } from "#components/ui/icon";

/**
 * In place of a page that the role of the person may not see. A page that is not `streamed` has no boundary on the server, so an
 * error in it would be answered 500.
 */
export function NotAllowed() {
  const t = useTranslations("errors");
  return (
    <ErrorState
      icon={<Icon name="lock" />}
      title={t("forbidden.title")}
      description={t("forbidden.description")}
      actions={<HomeLink />}
    />
  );
}
