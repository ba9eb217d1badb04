import { Suspense } from "react";
import type { ReactNode } from "react";
import { PageSkeleton } from "#components/shell/page-skeleton";

type AsyncPage<Props> = (props: Props) => Promise<ReactNode>;

/**
 * Wraps a list page: the skeleton is sent at once, the content when its data is there. The status 200 is sent with the
 * skeleton, so a page that may answer 404 (one phone, one rule) is not wrapped.
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
