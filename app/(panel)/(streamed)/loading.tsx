import { useTranslations } from "next-intl";
import { Skeleton } from "#components/ui/skeleton";

/**
 * The first sight of a page: a header and a table that are about to be there. It is sent at once, and the status with it:
 * pages about one thing, which may turn out not to exist, therefore stand outside this folder.
 */
export default function PanelLoading() {
  const t = useTranslations("common");
  return (
    <div aria-busy className="space-y-5">
      <p role="status" className="sr-only">
        {t("loading")}
      </p>
      <div className="space-y-2">
        <Skeleton className="h-7 w-48" />
        <Skeleton className="h-4 w-80 max-w-full" />
      </div>
      <Skeleton className="h-8 w-64 max-w-full" />
      <Skeleton className="h-96 rounded-lg" />
    </div>
  );
}
