import { Icon } from "#components/ui/icon";
import type { IconName } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import type { CatalogVerdict } from "#firmware/rules/model";

const LOOKS = {
  verified: { icon: "shield-check", style: "text-good-ink" },
  not_in_catalog: { icon: "shield-alert", style: "text-bad-ink" },
  no_catalog: { icon: "shield-question", style: "text-ink-muted" },
  unreadable_catalog: { icon: "shield-alert", style: "text-warn-ink" },
} as const satisfies Record<CatalogVerdict, { readonly icon: IconName; readonly style: string }>;

type CatalogNoteProps = { readonly verdict: CatalogVerdict; readonly signer: string | null };

/** Whether the image is the one that its manufacturer signed. */
export function CatalogNote({ verdict, signer }: CatalogNoteProps) {
  const t = useTranslations("rule.catalog");
  const { icon, style } = LOOKS[verdict];
  return (
    <p className={`flex items-start gap-1.5 ${style}`}>
      <Icon name={icon} className="mt-0.5 size-4 shrink-0" />
      {verdict === "verified" && signer !== null ? t("verifiedBy", { signer }) : t(verdict)}
    </p>
  );
}
