import { useTranslations } from "next-intl";
import { UnknownFilter } from "#components/data-table/unknown-filter";

type UnknownSiteProps = {
  readonly name: string;
  /** The page without filters. */
  readonly href: string;
};

export function UnknownSite({ name, href }: UnknownSiteProps) {
  const t = useTranslations("sites.unknown");
  return <UnknownFilter title={t("title", { name })} description={t("description")} href={href} />;
}
