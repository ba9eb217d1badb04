import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge";
import { Callout } from "#components/ui/callout";
import { Instant } from "#components/ui/instant";
import type { Retirement } from "#fleet/devices/retirement";

/** Marks a phone that is in no list and no count. */
export function RetiredBadge() {
  const t = useTranslations("retirement");
  return (
    <Badge tone="neutral" icon={<Icon name="archive" />}>
      {t("badge")}
    </Badge>
  );
}

/** Says who retired a phone, when and why, and what ends it. */
export function RetirementNote({ retirement }: { readonly retirement: Retirement }) {
  const t = useTranslations("retirement");
  return (
    <Callout title={t("noteTitle", { name: retirement.by })}>
      <p>
        <Instant date={retirement.at} format="full" />
        {retirement.reason !== "" && `: ${retirement.reason}`}
      </p>
      <p>{t("noteMeaning")}</p>
    </Callout>
  );
}
