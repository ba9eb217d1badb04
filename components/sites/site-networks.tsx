"use client";

import { Icon } from "#components/ui/icon";
import { useFormatter, useTranslations } from "next-intl";
import { ConfirmedButton } from "#components/forms/confirm-action";
import type { SiteActions } from "#components/sites/site-actions";
import { IconButton } from "#components/ui/button";
import { Code } from "#components/ui/code";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";
import { toast } from "#components/ui/toast";
import type { SiteOverview } from "#fleet/sites/model";

type SiteNetworksProps = {
  readonly site: Pick<SiteOverview, "name" | "networks">;
  /** Null if the user has only read access. */
  readonly removeNetworks: SiteActions["removeNetworks"] | null;
};

/** The networks of a site. Long lists scroll within their card. */
export function SiteNetworks({ site, removeNetworks }: SiteNetworksProps) {
  const t = useTranslations("sites");
  const format = useFormatter();
  return (
    <div className="max-h-96 overflow-auto">
      <Table caption={t("networksOf", { site: site.name })}>
        <thead>
          <tr>
            <TableHead>{t("columns.network")}</TableHead>
            <TableHead className="text-end">{t("columns.phones")}</TableHead>
            {removeNetworks !== null && (
              <TableHead>
                <span className="sr-only">{t("columns.actions")}</span>
              </TableHead>
            )}
          </tr>
        </thead>
        <tbody className="border-t border-line">
          {site.networks.map(({ id, network, phones, within }) => (
            <TableRow key={id}>
              <TableCell>
                <Code>{network}</Code>
                {within !== null && (
                  <span className="block text-xs text-ink-muted">
                    {t("within", { network: within.network, site: within.siteName })}
                  </span>
                )}
              </TableCell>
              <TableCell className="text-end">{format.number(phones)}</TableCell>
              {removeNetworks !== null && (
                <TableCell className="w-10 text-end">
                  <RemoveNetwork network={network} removeNetworks={removeNetworks} />
                </TableCell>
              )}
            </TableRow>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

type RemoveNetworkProps = {
  readonly network: string;
  readonly removeNetworks: SiteActions["removeNetworks"];
};

function RemoveNetwork({ network, removeNetworks }: RemoveNetworkProps) {
  const t = useTranslations("sites");
  return (
    <ConfirmedButton
      trigger={(ask) => (
        <IconButton size="sm" label={t("actions.removeNetwork", { network })} onClick={ask}>
          <Icon name="trash-2" />
        </IconButton>
      )}
      title={t("removeNetwork.title", { network })}
      description={t("removeNetwork.description")}
      confirmLabel={t("actions.remove")}
      isDangerous
      action={removeNetworks}
      input={{ networks: [network] }}
      onDone={() => toast.success(t("networkRemoved"))}
    />
  );
}
