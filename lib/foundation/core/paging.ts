/** PostgreSQL accepts 64-bit offsets, Prisma fewer bits. No list has this many rows. */
const MAX_SKIPPED_ROWS = 2 ** 31 - 1;

/** Rows on a page of a list in the panel; only the list of rules offers other sizes. */
export const PAGE_SIZE = 50;

/** `page` is the page shown: the last one if the requested page lies beyond the end. */
export type Paged<Rows> = Rows & { readonly total: number; readonly page: number };

type PageWindow = { readonly skip: number; readonly take: number };

/** Rows to skip and to take for a page counted from 1; anything below 1 is the first page. */
export function pageWindow(page: number, pageSize: number): PageWindow {
  return { skip: Math.min((Math.max(1, page) - 1) * pageSize, MAX_SKIPPED_ROWS), take: pageSize };
}

/** The number of the last page: at least 1, also when there is nothing to show. */
export function lastPage(total: number, pageSize: number): number {
  return Math.max(1, Math.ceil(total / pageSize));
}

/** The page to show: the requested one, or the nearest page that exists. */
export function pageWithin(total: number, page: number, pageSize: number): number {
  return Math.min(Math.max(1, page), lastPage(total, pageSize));
}

/** Finds a page with a query that also returns the total; queries again if the page lies beyond the end. */
export async function findPage<Rows extends { readonly total: number }>(
  page: number,
  pageSize: number,
  find: (window: PageWindow) => Promise<Rows>,
): Promise<Paged<Rows>> {
  const found = await find(pageWindow(page, pageSize));
  const shown = pageWithin(found.total, page, pageSize);
  return shown >= page
    ? { ...found, page: shown }
    : { ...(await find(pageWindow(shown, pageSize))), page: shown };
}
