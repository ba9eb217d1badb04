import type { DoubtfulPhone } from "#fleet/devices/conflicts";
import type { RetiredPhone } from "#fleet/devices/model";
import type { AuditEntry } from "#foundation/audit/model";
import type { Hardware } from "#foundation/core/hardware";
import { formatMacAddress } from "#foundation/core/mac-address";
import type { TestDevice } from "#fleet/test-devices/model";
import { testDeviceIdentity } from "#fleet/test-devices/model";
import type { ImportSummary } from "#firmware/imports/model";
import type { Rule } from "#firmware/rules/model";
import { ruleIdentity } from "#firmware/rules/model";
import { toRejectionText } from "#firmware/rules/rejection";
import { rejectionsOf } from "#firmware/rules/rule-record";
import { ruleState } from "#firmware/rules/state";
import type { CaptureSummary } from "#phones/captures/model";
import type { DeviceLogSummary } from "#phones/device-logs/model";
import type { ExportColumn } from "#phones/exports/model";
import type { UserHome } from "#phones/home-pools/model";
import type { RollOutCounts } from "#fleet/devices/roll-out-state";
import type { RollOutSummary } from "#phones/roll-outs/model";

const HARDWARE_COLUMNS: readonly ExportColumn<{ readonly hardware: Hardware }>[] = [
  { key: "deviceType", of: ({ hardware }) => hardware.deviceType },
  { key: "brand", of: ({ hardware }) => hardware.brand },
  { key: "model", of: ({ hardware }) => hardware.model },
  { key: "revision", of: ({ hardware }) => hardware.revision },
  { key: "locale", of: ({ hardware }) => hardware.locale },
];

export const RETIRED_COLUMNS: readonly ExportColumn<RetiredPhone>[] = [
  { key: "id", of: ({ id }) => id },
  { key: "macAddress", of: ({ macAddress }) => macAddress && formatMacAddress(macAddress) },
  { key: "serialNumber", of: ({ serialNumber }) => serialNumber },
  ...HARDWARE_COLUMNS,
  { key: "version", of: ({ version }) => version },
  { key: "pool", of: ({ poolFqdn }) => poolFqdn },
  { key: "site", of: ({ siteName }) => siteName },
  { key: "address", of: ({ address }) => address },
  { key: "userName", of: ({ userName }) => userName },
  { key: "lastSeenAt", of: ({ lastSeenAt }) => lastSeenAt },
  { key: "retiredAt", of: ({ retirement }) => retirement.at },
  { key: "retiredBy", of: ({ retirement }) => retirement.by },
  { key: "reason", of: ({ retirement }) => retirement.reason },
];

export const GHOST_COLUMNS: readonly ExportColumn<DoubtfulPhone>[] = [
  { key: "id", of: ({ id }) => id },
  { key: "macAddress", of: ({ macAddress }) => macAddress && formatMacAddress(macAddress) },
  { key: "serialNumber", of: ({ serialNumber }) => serialNumber },
  { key: "model", of: ({ model }) => model },
  { key: "address", of: ({ address }) => address },
  { key: "firstSeenAt", of: ({ firstSeenAt }) => firstSeenAt },
  { key: "lastSeenAt", of: ({ lastSeenAt }) => lastSeenAt },
];

export const RULE_COLUMNS: readonly ExportColumn<Rule>[] = [
  { key: "identity", of: ruleIdentity },
  { key: "id", of: ({ id }) => id },
  { key: "pool", of: ({ poolFqdn }) => poolFqdn },
  ...HARDWARE_COLUMNS,
  { key: "updateType", of: ({ updateType }) => updateType },
  { key: "approvedVersion", of: ({ approved }) => approved?.version ?? null },
  { key: "restoreVersion", of: ({ restore }) => restore?.version ?? null },
  { key: "pendingVersion", of: ({ pending }) => pending?.version ?? null },
  { key: "state", of: ruleState },
  { key: "rejections", of: (rule) => rejectionsOf(rule).map(toRejectionText) },
  { key: "importedAt", of: ({ importedAt }) => importedAt },
  { key: "importedBy", of: ({ importedBy }) => importedBy },
];

export const ROLL_OUT_COLUMNS: readonly ExportColumn<RollOutSummary>[] = [
  { key: "id", of: ({ id }) => id },
  { key: "ruleId", of: ({ ruleId }) => ruleId },
  { key: "pool", of: ({ poolFqdn }) => poolFqdn },
  { key: "site", of: ({ siteName }) => siteName },
  ...HARDWARE_COLUMNS,
  { key: "updateType", of: ({ updateType }) => updateType },
  { key: "kind", of: ({ kind }) => kind },
  { key: "state", of: ({ status }) => status },
  { key: "fromVersion", of: ({ fromVersion }) => fromVersion },
  { key: "toVersion", of: ({ toVersion }) => toVersion },
  { key: "reason", of: ({ reason }) => reason },
  { key: "startedBy", of: ({ startedBy }) => startedBy },
  { key: "startedAt", of: ({ startedAt }) => startedAt },
  { key: "endedAt", of: ({ endedAt }) => endedAt },
  { key: "expectedFinish", of: ({ expectedFinish }) => expectedFinish },
  { key: "target", of: ({ target }) => target },
  countOf("waiting"),
  countOf("silent"),
  countOf("offered"),
  countOf("downloading"),
  countOf("downloaded"),
  countOf("running"),
  countOf("fell_back", "fellBack"),
  countOf("never_came_back", "neverCameBack"),
  countOf("other_version", "otherVersion"),
  countOf("left"),
  countOf("joined"),
  countOf("joinedRunning"),
  { key: "countedAt", of: ({ counts }) => counts?.at ?? null },
];

/** How many phones of a roll-out are in a state; empty until they are counted. */
function countOf(state: keyof RollOutCounts, key: string = state): ExportColumn<RollOutSummary> {
  return { key, of: ({ counts }) => counts?.[state] ?? null };
}

export const TEST_DEVICE_COLUMNS: readonly ExportColumn<TestDevice>[] = [
  { key: "identity", of: testDeviceIdentity },
  { key: "name", of: ({ name }) => name },
  { key: "site", of: ({ siteName }) => siteName },
  { key: "identifierType", of: ({ identifierType }) => identifierType },
  { key: "identifier", of: ({ identifier }) => identifier },
  { key: "createdAt", of: ({ createdAt }) => createdAt },
  { key: "createdBy", of: ({ createdBy }) => createdBy },
];

export const IMPORT_COLUMNS: readonly ExportColumn<ImportSummary>[] = [
  { key: "id", of: ({ id }) => id },
  { key: "fileName", of: ({ fileName }) => fileName },
  { key: "state", of: ({ state }) => state },
  { key: "sizeBytes", of: ({ sizeBytes }) => sizeBytes },
  { key: "poolIds", of: ({ poolIds }) => poolIds },
  { key: "createdAt", of: ({ createdAt }) => createdAt },
  { key: "createdBy", of: ({ createdByName }) => createdByName },
  { key: "notes", of: ({ notes }) => notes },
];

export const USER_HOME_COLUMNS: readonly ExportColumn<UserHome>[] = [
  { key: "sipAddress", of: ({ sipAddress }) => sipAddress },
  { key: "userName", of: ({ userName }) => userName },
  { key: "pool", of: ({ poolFqdn }) => poolFqdn },
  { key: "updatedAt", of: ({ updatedAt }) => updatedAt },
  { key: "updatedBy", of: ({ updatedBy }) => updatedBy },
];

export const CAPTURE_COLUMNS: readonly ExportColumn<CaptureSummary>[] = [
  { key: "id", of: ({ id }) => id },
  { key: "at", of: ({ at }) => at },
  { key: "reason", of: ({ reason }) => reason },
  { key: "status", of: ({ status }) => status },
  { key: "method", of: ({ method }) => method },
  { key: "target", of: ({ target }) => target },
  { key: "address", of: ({ address }) => address },
  { key: "side", of: ({ side }) => side },
  { key: "dialect", of: ({ dialect }) => dialect },
  { key: "sizeBytes", of: ({ sizeBytes }) => sizeBytes },
  { key: "isTruncated", of: ({ isTruncated }) => isTruncated },
];

export const LOG_COLUMNS: readonly ExportColumn<DeviceLogSummary>[] = [
  { key: "id", of: ({ id }) => id },
  { key: "at", of: ({ at }) => at },
  { key: "logType", of: ({ logType }) => logType },
  { key: "fileName", of: ({ fileName }) => fileName },
  { key: "givenName", of: ({ givenName }) => givenName },
  { key: "sizeBytes", of: ({ sizeBytes }) => sizeBytes },
  { key: "macAddress", of: ({ macAddress }) => macAddress && formatMacAddress(macAddress) },
  { key: "serialNumber", of: ({ serialNumber }) => serialNumber },
  { key: "brand", of: ({ brand }) => brand },
  { key: "model", of: ({ model }) => model },
  { key: "pool", of: ({ poolFqdn }) => poolFqdn },
  { key: "address", of: ({ address }) => address },
  { key: "side", of: ({ side }) => side },
  { key: "userName", of: ({ userName }) => userName },
];

export const AUDIT_COLUMNS: readonly ExportColumn<AuditEntry>[] = [
  { key: "id", of: ({ id }) => id },
  { key: "at", of: ({ at }) => at },
  { key: "actor", of: ({ actorName }) => actorName },
  { key: "actorKind", of: ({ actorKind }) => actorKind },
  { key: "action", of: ({ action }) => action },
  { key: "subjectKind", of: ({ subjectKind }) => subjectKind },
  { key: "subjectId", of: ({ subjectId }) => subjectId },
  { key: "subject", of: ({ subjectName }) => subjectName },
  { key: "facts", of: ({ facts }) => facts },
  { key: "reason", of: ({ reason }) => reason },
  { key: "requestId", of: ({ requestId }) => requestId },
  { key: "hash", of: ({ hash }) => hash },
];
