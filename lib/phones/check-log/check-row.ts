import { z } from "zod";
import { copyCell, copyJsonCell } from "#phones/check-log/copy-cell";
import { hardwareKey } from "#foundation/core/hardware";
import { toInstantText } from "#foundation/core/time";
import {
  installedModules,
  judgementRecords,
  offeredModules,
  triggerColumn,
} from "#fleet/devices/columns";
import { deviceKey, serialKey } from "#fleet/devices/device-key";
import { CHECK_OUTCOMES, DIALECTS, SIDES } from "#fleet/devices/model";
import { shownModule } from "#fleet/devices/installed-modules";
import type { ShownModule } from "#fleet/devices/installed-modules";
import type { StagedColumn } from "#fleet/devices/staged-column";
import type { AuditKindCells } from "#formats/protocol/audit-line";

/**
 * The row of the view `RecordedCheck`: the schema for reading, and below the columns of a staged check and of its kind for
 * writing. Add a new column here and in the database; the compiler then reports every place that writes it.
 * CONTRIBUTING.md lists the readers.
 */
const storedColumns = z.object({
  at: z.date(),
  outcome: z.enum(CHECK_OUTCOMES),
  side: z.enum(SIDES),
  dialect: z.enum(DIALECTS),
  address: z.string(),
  userName: z.string().nullable(),
  trigger: triggerColumn,
  requested: installedModules.readonly(),
  offered: offeredModules.readonly(),
  judgements: judgementRecords.readonly(),
  /** The reason of a refused check; null for an answered check. */
  refusal: z.string().nullable(),
  macAddress: z.string().nullable(),
  serialNumber: z.string().nullable(),
  /** The five hardware fields are empty if the request was refused before it was parsed. */
  deviceType: z.string(),
  brand: z.string(),
  model: z.string(),
  revision: z.string(),
  locale: z.string(),
});

/** A row as the queries of the check log return it. */
export const checkRow = storedColumns
  .extend({
    id: z.bigint(),
    poolFqdn: z.string().nullable(),
    /** Null if the check belongs to no row of the inventory. */
    deviceId: z.string().nullable(),
  })
  .transform(({ deviceType, brand, model, revision, locale, id, ...check }) => ({
    ...check,
    id: String(id),
    hardware: { deviceType, brand, model, revision, locale },
  }));

/** One check, as the check log lists it. */
export type CheckEntry = z.output<typeof checkRow>;

/** A file that was offered to a phone, with the fields of the audit log of the original. */
export type OfferedImage = {
  readonly fileName: string;
  readonly signatureFileName: string | null;
  readonly version: string;
  readonly releasedAt: Date;
};

/** The facts that phones with a shared judgement have in common. */
export type KindFacts = Pick<
  CheckEntry,
  "outcome" | "hardware" | "requested" | "offered" | "judgements"
> & {
  readonly poolId: string | null;
  /** Not stored in the database, because the release contains them. */
  readonly images: readonly OfferedImage[];
  /** The module whose version lists show for the phone; absent: the first module with a version. */
  readonly shown?: ShownModule | null;
};

/** The facts of a kind, which all records of the kind share, with their encoded forms. */
export type CheckedKind = KindFacts & {
  readonly number: number;
  /** The line for `COPY`, which each batch has once. */
  readonly copyLine: string;
  readonly auditCells: AuditKindCells;
};

/** The record of one check. */
export type CheckRecord = Omit<CheckEntry, keyof CheckedKind | "id" | "poolFqdn" | "deviceId"> & {
  readonly kind: CheckedKind;
};

type Column<Source> = {
  readonly type: "text" | "timestamptz" | "uuid" | "jsonb" | "bigint";
  readonly toCell: (source: Source) => string;
};
type Columns<Source> = Readonly<Record<string, Column<Source>>>;

/** Each kind of a process has a number, so that a batch has the content of a kind once. */
type NumberedKind = KindFacts & Pick<CheckedKind, "number">;

const CHECK_COLUMNS = {
  kindNumber: { type: "bigint", toCell: ({ kind }) => String(kind.number) },
  at: { type: "timestamptz", toCell: ({ at }) => toInstantText(at) },
  deviceKey: text(deviceKeyOf),
  serialKey: text(serialKeyOf),
  side: text(({ side }) => side),
  dialect: text(({ dialect }) => dialect),
  address: text(({ address }) => address),
  macAddress: text(({ macAddress }) => macAddress),
  serialNumber: text(({ serialNumber }) => serialNumber),
  userName: text(({ userName }) => userName),
  trigger: text(({ trigger }) => trigger ?? ""),
  refusal: text(({ refusal }) => refusal),
} as const satisfies Columns<CheckRecord>;

const KIND_COLUMNS = {
  kindNumber: { type: "bigint", toCell: ({ number }) => String(number) },
  poolId: { type: "uuid", toCell: ({ poolId }) => copyCell(poolId) },
  outcome: text(({ outcome }) => outcome),
  deviceType: text(({ hardware }) => hardware.deviceType),
  brand: text(({ hardware }) => hardware.brand),
  model: text(({ hardware }) => hardware.model),
  revision: text(({ hardware }) => hardware.revision),
  locale: text(({ hardware }) => hardware.locale),
  hardwareKey: text(({ hardware }) => hardwareKey(hardware)),
  requested: json(({ requested }) => requested.map(toModule)),
  offered: json(({ offered }) => offered.map(toOffer)),
  judgements: json(({ judgements }) => judgements.map(toJudgement)),
  version: text((kind) => shownOf(kind)?.version ?? null),
  versionType: text((kind) => shownOf(kind)?.updateType ?? null),
} as const satisfies Columns<NumberedKind>;

const written = { ...CHECK_COLUMNS, ...KIND_COLUMNS };
written satisfies Record<keyof typeof storedColumns.shape | StagedColumn, object>;

/** The columns of an encoded check and of an encoded kind in order, with their types. */
export const CHECK_STAGE = toStage(CHECK_COLUMNS);
export const KIND_STAGE = toStage(KIND_COLUMNS);

const checkCells = Object.values(CHECK_COLUMNS).map(({ toCell }) => toCell);

/** Encodes a kind as a line for `COPY`. */
export function encodeKind(kind: NumberedKind): string {
  const cells = Object.values(KIND_COLUMNS).map(({ toCell }) => toCell(kind));
  return `${cells.join("\t")}\n`;
}

/** Encodes a check as a line for `COPY`. */
export function encodeCheck(record: CheckRecord): string {
  let line = "";
  for (const toCell of checkCells) {
    line += line === "" ? toCell(record) : `\t${toCell(record)}`;
  }
  return `${line}\n`;
}

function toStage(columns: Readonly<Record<string, { readonly type: string }>>) {
  return Object.entries(columns).map(([name, { type }]) => ({ name, type }));
}

function text<Source>(of: (source: Source) => string | null): Column<Source> {
  return { type: "text", toCell: (source) => copyCell(of(source)) };
}

function json<Source>(of: (source: Source) => readonly object[]): Column<Source> {
  return { type: "jsonb", toCell: (source) => copyJsonCell(of(source)) };
}

/**
 * A refused check proves nothing about a phone: it is listed with its own data, but changes no row of the inventory.
 */
function deviceKeyOf({ macAddress, serialNumber, refusal, kind }: CheckRecord): string | null {
  const { brand } = kind.hardware;
  return refusal === null ? deviceKey({ macAddress, serialNumber, brand }) : null;
}

function serialKeyOf({ serialNumber, refusal, kind }: CheckRecord): string | null {
  return refusal === null ? serialKey({ serialNumber, brand: kind.hardware.brand }) : null;
}

function shownOf({ shown, requested }: KindFacts): ShownModule | null {
  return shown ?? shownModule(requested, []);
}

function toModule({ updateType, fileName, version, timestamp }: KindFacts["requested"][number]) {
  return { updateType, fileName, version, timestamp };
}

function toOffer({ updateType, version, channel }: KindFacts["offered"][number]) {
  return { updateType, version, channel };
}

function toJudgement(judgement: KindFacts["judgements"][number]) {
  const { ruleId, updateType, verdict, channel, version } = judgement;
  return { ruleId, updateType, verdict, channel, version };
}
