import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { RulesPage } from "../rules-page";

type PendingPageProps = { readonly searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("updates");
  return { title: t("tabs.pending") };
}

export default function PendingPage({ searchParams }: PendingPageProps) {
  return <RulesPage view="pending" searchParams={searchParams} />;
}
