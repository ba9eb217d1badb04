import type { ReactNode } from "react";

type EmptyStateProps = {
  readonly icon?: ReactNode;
  readonly title: string;
  /** The page has no other content, so the title is its level one heading. */
  readonly isPage?: boolean;
  readonly description?: ReactNode;
  /** The next step, usually one button. */
  readonly actions?: ReactNode;
};

/** Shown when a list or page is empty without an error. */
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
