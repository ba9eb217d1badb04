import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link";

export type Crumb = {
  readonly label: string;
  /** Absent for the current page. */
  readonly href?: string;
};

type BreadcrumbProps = { readonly crumbs: readonly Crumb[] };

export function Breadcrumb({ crumbs }: BreadcrumbProps) {
  const t = useTranslations("common");
  return (
    <nav aria-label={t("breadcrumb")} className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1 text-[0.8125rem]">
        {crumbs.map(({ label, href }, index) => (
          <li key={href ?? label} className="flex min-w-0 items-center gap-1">
            {index > 0 && (
              <Icon name="chevron-right" className="size-3.5 shrink-0 text-ink-faint" />
            )}
            {href === undefined ? (
              // In its own direction: the name of a phone may begin with a digit.
              <bdi aria-current="page" className="truncate font-medium">
                {label}
              </bdi>
            ) : (
              <Link href={href} className="truncate rounded text-ink-muted hover:text-ink">
                {label}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
