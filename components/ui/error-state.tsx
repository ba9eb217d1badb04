import { Icon } from "#components/ui/icon";
import type { ReactNode } from "react";

type ErrorStateProps = {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly description: ReactNode;
  /** The reference that finds the error in the log. */
  readonly reference?: ReactNode;
  readonly actions?: ReactNode;
};

/** Shown after a failure. Use `EmptyState` for an empty list. */
export function ErrorState({ icon, title, description, reference, actions }: ErrorStateProps) {
  return (
    <div role="alert" className="flex flex-col items-center px-6 py-16 text-center">
      <span
        aria-hidden
        className="mb-4 grid size-11 place-items-center rounded-full border border-bad-line bg-bad-soft text-bad-ink [&_svg]:size-5"
      >
        {icon ?? <Icon name="server-crash" />}
      </span>
      <h1 className="text-base font-semibold">{title}</h1>
      <div className="mt-1.5 max-w-md text-sm text-balance text-ink-muted">{description}</div>
      {reference !== undefined && <p className="mt-3 text-xs text-ink-faint">{reference}</p>}
      {actions !== undefined && (
        <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div>
      )}
    </div>
  );
}
