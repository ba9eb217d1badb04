import { useFormatter, useTranslations } from "next-intl";
import { ShareBar } from "#components/roll-outs/share-bar";
import { Card } from "#components/ui/card";
import { Instant } from "#components/ui/instant";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";
import type { RollOutState } from "#fleet/devices/roll-out-state";
import type { RollOutSample } from "#phones/roll-outs/model";

/** The columns; the bar has every state. */
const COLUMNS = [
  "running",
  "downloaded",
  "downloading",
  "offered",
  "waiting",
  "fell_back",
  "never_came_back",
  "other_version",
] as const satisfies readonly RollOutState[];

type RollOutOverTimeProps = {
  /** In order of time. */
  readonly steps: readonly RollOutSample[];
  readonly target: number;
};

/** The number of phones in each state over time, newest first. */
export function RollOutOverTime({ steps, target }: RollOutOverTimeProps) {
  const t = useTranslations("rollOuts");
  const format = useFormatter();
  return (
    <Card title={t("overTime.title")} description={t("overTime.description")} isFlush>
      <Table caption={t("overTime.title")}>
        <thead>
          <tr>
            <TableHead>{t("overTime.at")}</TableHead>
            <TableHead className="w-full min-w-32">{t("overTime.shares")}</TableHead>
            {COLUMNS.map((state) => (
              <TableHead
                key={state}
                className="px-2 text-end break-keep whitespace-normal last:pe-4"
              >
                {t(`shortStates.${state}`)}
              </TableHead>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.toReversed().map((step) => (
            <TableRow key={step.at.getTime()}>
              <TableCell>
                <Instant date={step.at} format="full" />
              </TableCell>
              <TableCell>
                <ShareBar counts={step} target={target} />
              </TableCell>
              {COLUMNS.map((state) => (
                <TableCell key={state} className="px-2 text-end last:pe-4">
                  {step[state] === 0 ? "" : format.number(step[state])}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
