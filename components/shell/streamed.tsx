import { Suspense } from "react";
import type { ReactNode } from "react";
import { PageSkeleton } from "#components/shell/page-skeleton";

type AsyncPage<Props> = (props: Props) => Promise<ReactNode>;

/**
 * Wraps a list page: the server sends the skeleton at once and the content when its data is loaded. The status 200 is sent
 * with the skeleton, so do not wrap a page that can answer 404, such as the page of one phone or rule.
 */
export function streamed<Props extends object>(
  Page: AsyncPage<Props>,
): (props: Props) => ReactNode {
  return function StreamedPage(props: Props) {
    return (
      <Suspense fallback={<PageSkeleton />}>
        <Page {...props} />
      </Suspense>
    );
  };
}
