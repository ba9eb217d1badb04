import type { ReactNode } from "react";

type EmptyStateProps = {
  readonly icon?: ReactNode;
  readonly title: string;
  /** There is nothing else on the page, so the title is its heading. */
  readonly isPage?: boolean;
  readonly description?: ReactNode;
  /** The next thing to do, usually one button. */
  readonly actions?: ReactNode;
};

/** Nothing is there, and that is not an error. */
export function EmptyState({ icon, title, isPage, description, actions }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center px-6 py-12 text-center">
      {icon !== undefined && (
        <span
          aria-hidden
          className="mb-3 grid size-10 place-items-center rounded-full border border-line bg-sunken text-ink-faint [&_svg]:size-5"
        >
          {icon}
        </span>
      )}
      {isPage === true ? (
        <h1 className="text-base font-semibold">{title}</h1>
      ) : (
        <p className="text-sm font-medium">{title}</p>
      )}
      {description !== undefined && (
        <div className="mt-1 max-w-md text-[0.8125rem] text-balance text-ink-muted">
          {description}
        </div>
      )}
      {actions !== undefined && (
        <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div>
      )}
    </div>
  );
}
