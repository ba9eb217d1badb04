import { useTranslations } from "next-intl";
import { Skeleton } from "#components/ui/skeleton";

/** The placeholder of a list page while its data loads: a header and a table. */
export function PageSkeleton() {
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
