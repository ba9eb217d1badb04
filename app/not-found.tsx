import { SearchX } from "lucide-react";
import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("errors");
  return { title: t("notFound.title") };
}

export default function NotFound() {
  const t = useTranslations("errors");
  return (
    <main className="grid min-h-dvh place-items-center">
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
    </main>
  );
}
