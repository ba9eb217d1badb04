/** Reads a paged list to its end, or until there are enough items. */
export async function everyPage<T>(
  readPage: (page: number) => Promise<{ readonly items: readonly T[]; readonly total: number }>,
  most = Infinity,
): Promise<readonly T[]> {
  const found: T[] = [];
  for (let page = 1; ; page += 1) {
    const { items, total } = await readPage(page);
    found.push(...items);
    if (items.length === 0 || found.length >= Math.min(total, most)) {
      return found.slice(0, most);
    }
  }
}
