import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { RulesPage } from "../rules-page";

type AllPageProps = { readonly searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("updates");
  return { title: t("tabs.all") };
}

export default function AllPage({ searchParams }: AllPageProps) {
  return <RulesPage view="all" searchParams={searchParams} />;
}
