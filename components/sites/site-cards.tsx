import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import { SiteMenu } from "#components/sites/site-menu";
import { SiteNetworks } from "#components/sites/site-networks";
import type { SiteActions } from "#components/sites/site-actions";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import type { SiteOverview } from "#fleet/sites/model";

type SiteCardsProps = {
  readonly sites: readonly SiteOverview[];
  /** Null if the user has only read access. */
  readonly actions: SiteActions | null;
};

/** All sites with their pools, networks and phones. */
export function SiteCards({ sites, actions }: SiteCardsProps) {
  const t = useTranslations("sites");
  if (sites.length === 0) {
    return (
      <Card>
        <EmptyState title={t("empty.title")} description={t("empty.description")} />
      </Card>
    );
  }
  return (
    <ul aria-label={t("title")} className="grid items-start gap-4 xl:grid-cols-2">
      {sites.map((site) => (
        <li key={site.id} className="min-w-0">
          <SiteCard site={site} actions={actions} />
        </li>
      ))}
    </ul>
  );
}

type SiteCardProps = Pick<SiteCardsProps, "actions"> & { readonly site: SiteOverview };

function SiteCard({ site, actions }: SiteCardProps) {
  const t = useTranslations("sites");
  return (
    <Card
      title={site.name}
      description={site.pools.length === 0 ? t("noPool") : site.pools.join(", ")}
      isFlush
      actions={
        <>
          <Link
            href={`/devices?site=${encodeURIComponent(site.name)}`}
            className="text-link self-center text-sm"
          >
            {t("phones", { count: site.phones })}
          </Link>
          {actions !== null && <SiteMenu site={site} actions={actions} />}
        </>
      }
    >
      {site.networks.length === 0 ? (
        <p className="px-4 py-3 text-sm text-ink-muted">{t("noNetworks")}</p>
      ) : (
        <SiteNetworks
          site={site}
          removeNetworks={actions === null ? null : actions.removeNetworks}
        />
      )}
    </Card>
  );
}
