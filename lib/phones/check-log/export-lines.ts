import type { CheckEntry } from "#phones/check-log/check-row";
import { toCsvLine } from "#foundation/core/csv";

export const EXPORT_FORMATS = ["csv", "json"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const COLUMNS: readonly (readonly [string, (check: CheckEntry) => string])[] = [
  ["at", ({ at }) => at.toISOString()],
  ["address", ({ address }) => address],
  ["side", ({ side }) => side],
  ["dialect", ({ dialect }) => dialect],
  ["deviceType", ({ hardware }) => hardware.deviceType],
  ["macAddress", ({ macAddress }) => macAddress ?? ""],
  ["serialNumber", ({ serialNumber }) => serialNumber ?? ""],
  ["vendor", ({ hardware }) => hardware.brand],
  ["model", ({ hardware }) => hardware.model],
  ["revision", ({ hardware }) => hardware.revision],
  ["locale", ({ hardware }) => hardware.locale],
  ["pool", ({ poolFqdn }) => poolFqdn ?? ""],
  ["user", ({ userName }) => userName ?? ""],
  ["trigger", ({ trigger }) => trigger ?? ""],
  ["outcome", ({ outcome }) => outcome],
  ["requested", ({ requested }) => toVersions(requested)],
  ["offered", ({ offered }) => toVersions(offered)],
  [
    "reasons",
    ({ judgements }) =>
      judgements.map(({ updateType, verdict }) => `${updateType} ${verdict}`).join(" "),
  ],
  ["refusal", ({ refusal }) => refusal ?? ""],
];

/** The text before, between and after the checks in a format. */
export type ExportWriter = {
  readonly begin: string;
  readonly write: (check: CheckEntry, index: number) => string;
  readonly end: string;
};

export const EXPORT_WRITERS = {
  csv: {
    begin: toCsvLine(COLUMNS.map(([name]) => name)),
    write: (check) => toCsvLine(COLUMNS.map(([, of]) => of(check))),
    end: "",
  },
  json: {
    begin: "[",
    write: (check, index) => `${index === 0 ? "\n" : ",\n"}${JSON.stringify(check)}`,
    end: "\n]\n",
  },
} as const satisfies Record<ExportFormat, ExportWriter>;

function toVersions(
  modules: readonly { readonly updateType: string; readonly version: string }[],
): string {
  return modules.map(({ updateType, version }) => `${updateType} ${version}`).join(" ");
}
