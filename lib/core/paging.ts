/** Rows to skip and to take for a page counted from 1; anything below 1 is the first page. */
export function pageWindow(
  page: number,
  pageSize: number,
): { readonly skip: number; readonly take: number } {
  return { skip: (Math.max(1, page) - 1) * pageSize, take: pageSize };
}

/** The number of the last page: at least 1, also when there is nothing to show. */
export function lastPage(total: number, pageSize: number): number {
  return Math.max(1, Math.ceil(total / pageSize));
}
