import Link from "next/link";

type RangeTabsProps<Range extends string> = {
  readonly label: string;
  readonly ranges: readonly { readonly range: Range; readonly label: string }[];
  readonly current: Range;
  /** The path of the page, whose address has the choice. */
  readonly path: string;
};

/** How far back charts look. */
export function RangeTabs<Range extends string>({
  label,
  ranges,
  current,
  path,
}: RangeTabsProps<Range>) {
  return (
    <nav aria-label={label}>
      <ul className="inline-flex rounded-md border border-line bg-surface p-0.5">
        {ranges.map(({ range, label: name }) => (
          <li key={range}>
            <Link
              href={`${path}?range=${range}`}
              scroll={false}
              aria-current={range === current ? "true" : undefined}
              className="flex h-7 items-center rounded px-2.5 text-xs text-ink-muted hover:text-ink aria-[current=true]:bg-accent-soft aria-[current=true]:font-medium aria-[current=true]:text-accent-ink max-md:h-9"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
