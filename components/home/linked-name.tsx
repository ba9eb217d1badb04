import type { ReactNode } from "react";
import { Link } from "#components/ui/link";

type LinkedNameProps = {
  readonly href: string;
  readonly name: ReactNode;
  /** What distinguishes it from others with the same name. */
  readonly detail?: string | undefined;
};

/** The name of an item of a card, as a link to the item. */
export function LinkedName({ href, name, detail }: LinkedNameProps) {
  return (
    <div className="flex flex-wrap items-baseline gap-x-2">
      <Link href={href} className="quiet-link text-[0.8125rem] font-medium break-words">
        {name}
      </Link>
      {detail !== undefined && (
        <span className="min-w-0 text-xs wrap-anywhere text-ink-muted">{detail}</span>
      )}
    </div>
  );
}
