import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { RulesPage } from "../rules-page";

type ApprovedPageProps = { readonly searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("updates");
  return { title: t("tabs.approved") };
}

export default function ApprovedPage({ searchParams }: ApprovedPageProps) {
  return <RulesPage view="approved" searchParams={searchParams} />;
}
