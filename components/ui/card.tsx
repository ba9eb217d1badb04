import { useId } from "react";
import type { ReactNode } from "react";
import { cn } from "#components/ui/cn";

type CardProps = {
  readonly title?: string;
  readonly description?: ReactNode;
  /** Buttons at the right of the title. */
  readonly actions?: ReactNode;
  /** The content has no padding, for tables and lists. */
  readonly isFlush?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
};

/** A section of a page, with a level two heading. */
export function Card({ title, description, actions, isFlush, className, children }: CardProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={title === undefined ? undefined : id}
      className={cn("card", className)}
    >
      {title !== undefined && (
        <header className="card-header">
          <div className="min-w-0 wrap-anywhere">
            <h2 id={id} className="text-sm font-semibold">
              {title}
            </h2>
            {description !== undefined && (
              <p className="mt-0.5 text-[0.8125rem] text-ink-muted">{description}</p>
            )}
          </div>
          {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
        </header>
      )}
      <div className={isFlush === true ? undefined : "p-4"}>{children}</div>
    </section>
  );
}
