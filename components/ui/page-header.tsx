import type { ReactNode } from "react";
import { Breadcrumb } from "#components/ui/breadcrumb";
import type { Crumb } from "#components/ui/breadcrumb";

type PageHeaderProps = {
  /** The parent pages, without this page. */
  readonly crumbs?: readonly Crumb[];
  readonly title: ReactNode;
  /** Badges that are shown beside the title. */
  readonly badges?: ReactNode;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
};

/** The top of every page: the level one heading and the actions of the page. */
export function PageHeader({ crumbs, title, badges, description, actions }: PageHeaderProps) {
  return (
    <header className="space-y-2">
      {crumbs !== undefined && crumbs.length > 0 && <Breadcrumb crumbs={crumbs} />}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 wrap-anywhere">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="text-xl font-semibold tracking-tight text-balance">{title}</h1>
            {badges}
          </div>
          {description !== undefined && (
            <p className="mt-1 max-w-prose text-sm text-ink-muted">{description}</p>
          )}
        </div>
        {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
    </header>
  );
}
