type ReadPage<T> = (page: number) => Promise<{
  readonly items: readonly T[];
  readonly total: number;
  /** The page that was read. If the list became shorter, the last page is read again. */
  readonly page?: number;
}>;

/** Reads a paged list to its end, or until there are enough items. */
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
