import { Link } from "#components/ui/link";

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
              className="range-tab"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
