"use client";

import { Icon } from "#components/ui/icon";
import { useFormatter, useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import { useState } from "react";
import type { StartPhoneJob } from "#components/phone-jobs/job-actions";
import { JobDialog } from "#components/phone-jobs/job-dialog";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Code } from "#components/ui/code";
import { EmptyState } from "#components/ui/empty-state";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";
import type { ArrivalHours, NetworkArrivals } from "#fleet/devices/conflicts";

type ArrivalsListProps = {
  readonly networks: readonly NetworkArrivals[];
  readonly hours: ArrivalHours;
  /** Null: the person has only read access. */
  readonly startJob: StartPhoneJob | null;
};

/** The networks with the most new phones within a period. */
export function ArrivalsList({ networks, hours, startJob }: ArrivalsListProps) {
  const t = useTranslations("doubtful.arrivals");
  const format = useFormatter();
  const [asked, setAsked] = useState<NetworkArrivals | null>(null);
  return (
    <Card title={t("caption", { hours })} description={t("meaning")} isFlush>
      {networks.length === 0 ? (
        <EmptyState icon={<Icon name="circle-check" />} title={t("empty")} />
      ) : (
        <Table caption={t("caption", { hours })}>
          <thead>
            <tr>
              <TableHead>{t("network")}</TableHead>
              <TableHead className="text-end max-sm:hidden">{t("added")}</TableHead>
              <TableHead className="text-end max-sm:hidden">{t("leftOut")}</TableHead>
              <TableHead className="text-end whitespace-normal">{t("brief")}</TableHead>
              {startJob !== null && (
                <TableHead>
                  <span className="sr-only">{t("retire")}</span>
                </TableHead>
              )}
            </tr>
          </thead>
          <tbody className="border-t border-line">
            {networks.map((arrivals) => (
              <TableRow key={`${arrivals.side} ${arrivals.network}`}>
                <TableCell>
                  <Network arrivals={arrivals} />
                </TableCell>
                <TableCell className="text-end max-sm:hidden">
                  {format.number(arrivals.counts.phone_added)}
                </TableCell>
                <TableCell className="text-end max-sm:hidden">
                  {format.number(arrivals.counts.phone_left_out)}
                </TableCell>
                <TableCell className="text-end">{format.number(arrivals.brief)}</TableCell>
                {startJob !== null && (
                  <TableCell className="text-end">
                    {arrivals.brief > 0 && (
                      <Button
                        size="sm"
                        aria-label={t("retireFrom", { network: arrivals.network })}
                        onClick={() => setAsked(arrivals)}
                      >
                        {t("retire")}
                      </Button>
                    )}
                  </TableCell>
                )}
              </TableRow>
            ))}
          </tbody>
        </Table>
      )}
      {asked !== null && startJob !== null && (
        <JobDialog
          intent={{
            input: {
              kind: "retire_arrivals",
              arrivals: { side: asked.side, network: asked.network, hours },
              seenCount: asked.brief,
            },
            total: asked.brief,
            recent: 0,
          }}
          startJob={startJob}
          onDone={() => undefined}
          onClose={() => setAsked(null)}
        />
      )}
    </Card>
  );
}

function Network({ arrivals: { network, side } }: { readonly arrivals: NetworkArrivals }) {
  const t = useTranslations("doubtful.arrivals");
  const tSides = useTranslations("devices.sides");
  if (network === "") {
    return t("otherNetworks");
  }
  return (
    <>
      <Link
        href={`/devices?q=${encodeURIComponent(network.replace(/:\/64$/, ""))}`}
        className="text-link"
      >
        <Code>{network}</Code>
      </Link>{" "}
      <span className="text-xs text-ink-muted">{tSides(side)}</span>
    </>
  );
}
