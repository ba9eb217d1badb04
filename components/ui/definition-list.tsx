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
    <dl className={cn("facts", isNarrow ? "facts-narrow" : "facts-wide")}>
      {items.map(({ term, value }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>
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
