"use client";

import { useTranslations } from "next-intl";
import { LinkTabs } from "#components/ui/link-tabs";

const TABS = ["conflicts", "ghosts", "arrivals", "retired"] as const;

/** The lists of what does not belong in the inventory, and of what was taken out of it. */
export function DoubtfulTabs() {
  const t = useTranslations("doubtful.tabs");
  return (
    <LinkTabs
      label={t("label")}
      tabs={TABS.map((name) => ({ href: `/devices/${name}`, label: t(name) }))}
    />
  );
}
