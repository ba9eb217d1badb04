/** PostgreSQL counts the rows that it skips with 64 bits and Prisma with fewer; no list has this many. */
const MAX_SKIPPED_ROWS = 2 ** 31 - 1;

/** Rows to skip and to take for a page counted from 1; anything below 1 is the first page. */
export function pageWindow(
  page: number,
  pageSize: number,
): { readonly skip: number; readonly take: number } {
  return { skip: Math.min((Math.max(1, page) - 1) * pageSize, MAX_SKIPPED_ROWS), take: pageSize };
}

/** The number of the last page: at least 1, also when there is nothing to show. */
export function lastPage(total: number, pageSize: number): number {
  return Math.max(1, Math.ceil(total / pageSize));
}
