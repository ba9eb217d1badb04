import type { ReactNode } from "react";
import { cn } from "#components/ui/cn";
import { Isolated } from "#components/ui/isolated";

type Definition = {
  readonly term: string;
  readonly value: ReactNode;
};

type DefinitionListProps = {
  readonly items: readonly Definition[];
  /** Reduces the width of the terms, for a narrow column. */
  readonly isNarrow?: boolean;
};

/** A list of terms and values. A missing value is shown as a dash. */
export function DefinitionList({ items, isNarrow = false }: DefinitionListProps) {
  return (
    <dl className="divide-y divide-line text-[0.8125rem]">
      {items.map(({ term, value }) => (
        <div
          key={term}
          className={cn(
            "grid gap-x-4 gap-y-0.5 py-2 first:pt-0 last:pb-0",
            isNarrow ? "grid-cols-[7rem_minmax(0,1fr)]" : "sm:grid-cols-[10rem_minmax(0,1fr)]",
          )}
        >
          <dt className="text-ink-muted">{term}</dt>
          <dd className="min-w-0 break-words tabular-nums">
            {value === null || value === undefined || value === "" ? (
              <span className="text-ink-faint">–</span>
            ) : (
              <Isolated>{value}</Isolated>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
