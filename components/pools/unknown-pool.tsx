import { useTranslations } from "next-intl";
import { UnknownFilter } from "#components/data-table/unknown-filter";

type UnknownPoolProps = {
  readonly fqdn: string;
  /** The page without filters. */
  readonly href: string;
};

export function UnknownPool({ fqdn, href }: UnknownPoolProps) {
  const t = useTranslations("pools.unknown");
  return <UnknownFilter title={t("title", { fqdn })} description={t("description")} href={href} />;
}
