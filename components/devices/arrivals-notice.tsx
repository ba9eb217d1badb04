import { useTranslations } from "next-intl";
import { Callout } from "#components/ui/callout";
import type { Arrivals, NetworkCount } from "#fleet/devices/arrivals";

type ArrivalsNoticeProps = { readonly arrivals: Arrivals };

/** Says that unusually many new phones came in the last hour, and from where; nothing where there are not. */
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

/** Says how many refused checks of the last hour are not in the check log; nothing where all are. */
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
      <ul className="list-disc pl-5">
        {networks.map(({ network, side, count }) => (
          <li key={`${side} ${network}`}>
            {t(side === "external" ? "outside" : "inside", { network, count })}
          </li>
        ))}
      </ul>
    </>
  );
}
