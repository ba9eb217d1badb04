import { useTranslations } from "next-intl";
import { Suspense } from "react";
import type { ReactNode } from "react";
import { ClientMessages } from "#components/shell/client-messages";
import type { Namespace } from "#components/shell/client-messages";
import { Skeleton } from "#components/ui/skeleton";

/** The placeholder of a list page while its data loads: a header and a table. */
function PageSkeleton() {
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

type AsyncPage<Props> = (props: Props) => Promise<ReactNode>;

/**
 * Wraps a list page: the server sends the skeleton at once and the content when its data is loaded. The status 200 is sent
 * with the skeleton, so do not wrap a page that can answer 404, such as the page of one phone or rule. `namespaces` are
 * the messages that the page's client components use (`ClientMessages`).
 */
export function streamed<Props extends object>(
  Page: AsyncPage<Props>,
  namespaces: readonly Namespace[] = [],
): (props: Props) => ReactNode {
  return function StreamedPage(props: Props) {
    return (
      <Suspense fallback={<PageSkeleton />}>
        <ClientMessages namespaces={namespaces}>
          <Page {...props} />
        </ClientMessages>
      </Suspense>
    );
  };
}
