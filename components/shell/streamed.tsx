import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ClientMessages } from "#components/shell/client-messages";
import type { Namespace } from "#components/shell/client-messages";
import { PageBoundary } from "#components/shell/page-boundary";
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

/** How long the first HTML waits for the content of a page, so that it need not show the placeholder. */
const MAX_WAIT_MS = 300;

type AsyncPage<Props> = (props: Props) => Promise<ReactNode>;

/**
 * Wraps a list page: the server sends the content, or the skeleton first if the data takes longer. The status 200 is sent
 * with the skeleton, so do not wrap a page that can answer 404, such as the page of one phone or rule. `namespaces` are
 * the messages that the page's client components use (`ClientMessages`).
 */
export function streamed<Props extends object>(
  Page: AsyncPage<Props>,
  namespaces: readonly Namespace[] = [],
): (props: Props) => Promise<ReactNode> {
  return async function StreamedPage(props: Props) {
    const content = Page(props);
    const isReady = await isFulfilledSoon(content);
    return (
      <PageBoundary isReady={isReady} fallback={<PageSkeleton />}>
        <ClientMessages namespaces={namespaces}>
          <Awaited content={content} />
        </ClientMessages>
      </PageBoundary>
    );
  };
}

type AwaitedProps = { readonly content: Promise<ReactNode> };

/** A page that fails does so in here, so that the error page is shown in the panel. */
async function Awaited({ content }: AwaitedProps): Promise<ReactNode> {
  return await content;
}

async function isFulfilledSoon(content: Promise<ReactNode>): Promise<boolean> {
  const { promise: tooLate, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, MAX_WAIT_MS, false);
  try {
    return await Promise.race([content.then(() => true), tooLate]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
