import type { PhoneFacts, PoolContent } from "#fleet/devices/kind";
import type { UpdateState } from "#fleet/devices/model";
import { memoizeByObject } from "#foundation/core/memoize";
import { judgeKind, judgePhoneInPool } from "#phones/check/judge-check";
import type { JudgedCheck } from "#phones/check/judge-check";
import type { PoolTable, RuleTable } from "#phones/check/rule-table";
import { toUpdateState } from "#phones/inventory/update-state";

/** What the rules make of a phone now. */
export type PhoneStanding = {
  readonly state: UpdateState;
  readonly isTestDevice: boolean;
};

/** Without its pool, no rule applies to a phone. */
const WITHOUT_POOL: PhoneStanding = { state: "unknown", isTestDevice: false };

const poolsById = memoizeByObject(
  ({ pools }: RuleTable): ReadonlyMap<string, PoolTable> =>
    new Map([...pools.values()].map((table) => [table.pool.id, table])),
);

export function findPoolById(rules: RuleTable, poolId: string | null): PoolTable | null {
  return (poolId === null ? undefined : poolsById(rules).get(poolId)) ?? null;
}

/** Judges one phone as a check with its last report would be judged. */
export function judgePhone(rules: RuleTable, phone: PhoneFacts): PhoneStanding {
  const pool = findPoolById(rules, phone.poolId);
  return pool === null ? WITHOUT_POOL : toStanding(judgePhoneInPool(rules, pool, phone));
}

/** Judges all phones that report the same, except test devices and phones with suspended offers. */
export function judgeContent(rules: RuleTable, content: PoolContent): PhoneStanding {
  const pool = findPoolById(rules, content.poolId);
  return pool === null ? WITHOUT_POOL : toStanding(judgeKind(pool, content));
}

/** Whether phones that report this would be offered a pending version if they were test devices. */
export function isWaitingForTest(
  rules: RuleTable,
  { poolId, ...content }: Pick<PhoneFacts, "poolId" | "hardware" | "installed">,
): boolean {
  const pool = findPoolById(rules, poolId);
  return (
    pool !== null &&
    judgeKind(pool, content, AS_TEST_DEVICE).judged.some(
      ({ judgement }) => judgement.verdict === "offered" && judgement.channel === "pending",
    )
  );
}

const AS_TEST_DEVICE = { isTestDevice: true, suspended: new Map<string, string>() } as const;

function toStanding({ judged, isTestDevice }: JudgedCheck): PhoneStanding {
  return { state: toUpdateState(judged.map(({ judgement }) => judgement)), isTestDevice };
}

/** The marks of the phones that other facts than their content may decide about. */
export function notableMarks({ testDevices: { anywhere }, suspended }: RuleTable): {
  readonly macAddresses: readonly string[];
  readonly serialNumbers: readonly string[];
  readonly deviceKeys: readonly string[];
} {
  return {
    macAddresses: distinct([...anywhere.macAddresses, ...anywhere.reportingMacAddresses]),
    serialNumbers: [...anywhere.serialNumbers],
    deviceKeys: [...suspended.keys()],
  };
}

/** The hardware keys that a rule of any pool has. */
export function ruledHardware({ pools }: RuleTable): readonly string[] {
  return distinct(
    [...pools.values()].flatMap(({ rulesByHardware }) => [...rulesByHardware.keys()]),
  );
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
