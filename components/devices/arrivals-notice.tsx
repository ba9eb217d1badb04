import { useTranslations } from "next-intl";
import { Callout } from "#components/ui/callout";
import type { Arrivals, NetworkCount } from "#fleet/devices/arrivals";

type ArrivalsNoticeProps = { readonly arrivals: Arrivals };

/** Warns of an unusual number of new phones in the last hour, and names their addresses. Renders nothing otherwise. */
export function ArrivalsNotice({ arrivals }: ArrivalsNoticeProps) {
  const t = useTranslations("devices.arrivals");
  const { isAlarm, added, leftOut, phoneNetworks } = arrivals;
  if (!isAlarm) {
    return null;
  }
  return (
    <Callout tone="warn" role="status" title={t("phones", { count: added })}>
      {leftOut > 0 && <p>{t("leftOut", { count: leftOut })}</p>}
      <Networks networks={phoneNetworks} />
    </Callout>
  );
}

/** Tells how many refused checks of the last hour are missing in the check log. Renders nothing if none is. */
export function RefusalsNotice({ arrivals }: ArrivalsNoticeProps) {
  const t = useTranslations("devices.arrivals");
  const { refusals, refusalNetworks } = arrivals;
  if (refusals === 0) {
    return null;
  }
  return (
    <Callout tone="warn" role="status" title={t("refusals", { count: refusals })}>
      <Networks networks={refusalNetworks} />
    </Callout>
  );
}

function Networks({ networks }: { readonly networks: readonly NetworkCount[] }) {
  const t = useTranslations("devices.arrivals");
  if (networks.length === 0) {
    return null;
  }
  return (
    <>
      <p>{t("from")}</p>
      <ul className="list-disc ps-5">
        {networks.map(({ network, side, count }) => (
          <li key={`${side} ${network}`}>
            {t(side === "external" ? "outside" : "inside", { network, count })}
          </li>
        ))}
      </ul>
    </>
  );
}
