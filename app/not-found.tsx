import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NotFoundView } from "#components/shell/not-found-view";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("errors");
  return { title: t("notFound.title") };
}

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <NotFoundView />
    </main>
  );
}
