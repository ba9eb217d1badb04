type ReadPage<T> = (page: number) => Promise<{
  readonly items: readonly T[];
  readonly total: number;
  /** The page that was read: beyond the end of a list that became shorter, the last one again. */
  readonly page?: number;
}>;

/** Walks a list that is read page by page to its end, or until there are enough items. */
export async function everyPage<T>(readPage: ReadPage<T>, most = Infinity): Promise<readonly T[]> {
  const found: T[] = [];
  for (let page = 1; ; page += 1) {
    const { items, total, page: shown = page } = await readPage(page);
    const fresh = shown === page ? items : [];
    found.push(...fresh);
    if (fresh.length === 0 || found.length >= Math.min(total, most)) {
      return found.slice(0, most);
    }
  }
}
