"use client";

import { useTranslations } from "next-intl";
import { NAVIGATION_PATHS } from "#components/shell/navigation";
import { NavigationIcon } from "#components/shell/navigation-icon";
import { PaletteGroup, PaletteItem } from "#components/shell/palette-parts";
import { phoneName } from "#fleet/devices/audit-facts";
import type { SearchResults } from "#phones/search/model";
import { MAX_RESULTS } from "#phones/search/model";

type PaletteResultsProps = {
  readonly query: string;
  readonly results: SearchResults;
  readonly goTo: (path: string) => void;
};

/** What the server found, by kind. A kind with as many results as are shown at most has a way to its list. */
export function PaletteResults({ query, results, goTo }: PaletteResultsProps) {
  const t = useTranslations("shell");
  const { phones, rules, rollOuts, pools } = results;
  const listed = phones.filter(({ isRetired }) => !isRetired).length;
  const q = encodeURIComponent(query.trim());
  const all = (name: "devices" | "updates" | "rollOuts", path: string, isFull: boolean) =>
    isFull
      ? [
          <PaletteItem
            key="all"
            value={`all ${name}`}
            icon={<NavigationIcon name={name} />}
            onSelect={() => goTo(`${path}?q=${q}`)}
          >
            {t("commands.showAll")}
          </PaletteItem>,
        ]
      : [];
  return (
    <>
      <PaletteGroup heading={t("nav.devices")}>
        {[
          ...phones.map((phone) => (
            <PaletteItem
              key={phone.id}
              value={`phone ${phone.id}`}
              icon={<NavigationIcon name="devices" />}
              detail={joined(
                phone.isRetired ? t("commands.retired") : null,
                phone.userName,
                phone.address,
                phone.version,
              )}
              onSelect={() => goTo(`/devices/${phone.id}`)}
            >
              {phoneName(phone)}
            </PaletteItem>
          )),
          ...all("devices", NAVIGATION_PATHS.devices, listed === MAX_RESULTS.phones),
        ]}
      </PaletteGroup>
      <PaletteGroup heading={t("nav.updates")}>
        {[
          ...rules.map((rule) => (
            <PaletteItem
              key={rule.id}
              value={`rule ${rule.id}`}
              icon={<NavigationIcon name="updates" />}
              detail={joined(rule.pendingVersion ?? rule.approvedVersion, rule.pool)}
              onSelect={() => goTo(`/updates/${rule.id}`)}
            >
              {`${rule.brand} ${rule.model} ${rule.revision} ${rule.locale} ${rule.updateType}`}
            </PaletteItem>
          )),
          ...all("updates", "/updates/all", rules.length === MAX_RESULTS.rules),
        ]}
      </PaletteGroup>
      <PaletteGroup heading={t("nav.rollOuts")}>
        {[
          ...rollOuts.map((rollOut) => (
            <PaletteItem
              key={rollOut.id}
              value={`roll-out ${rollOut.id}`}
              icon={<NavigationIcon name="rollOuts" />}
              detail={joined(rollOut.version, rollOut.pool)}
              onSelect={() => goTo(`/roll-outs/${rollOut.id}`)}
            >
              {`${rollOut.brand} ${rollOut.model} ${rollOut.updateType}`}
            </PaletteItem>
          )),
          ...all("rollOuts", NAVIGATION_PATHS.rollOuts, rollOuts.length === MAX_RESULTS.rollOuts),
        ]}
      </PaletteGroup>
      <PaletteGroup heading={t("nav.pools")}>
        {pools.map(({ fqdn, site }) => (
          <PaletteItem
            key={fqdn}
            value={`pool ${fqdn}`}
            icon={<NavigationIcon name="pools" />}
            detail={site}
            onSelect={() => goTo(NAVIGATION_PATHS.pools)}
          >
            {fqdn}
          </PaletteItem>
        ))}
      </PaletteGroup>
    </>
  );
}

function joined(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== "").join(" · ");
}
