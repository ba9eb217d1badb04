import type { AuditFact } from "#foundation/audit/model";
import type { LogSettings, StoredLogSettings } from "#phones/device-logs/model";
import { logSettingsIdentity } from "#phones/device-logs/model";

type Scope = Pick<StoredLogSettings, "siteId" | "siteName">;

/** `after` is null for removed settings: the settings of the wider scope apply again. */
export function logSettingsChanged(
  scope: Scope,
  before: LogSettings | null,
  after: LogSettings | null,
): AuditFact {
  const name = `Device logs, ${logSettingsIdentity(scope)}`;
  const subject = { kind: "settings", id: `logs/${scope.siteId ?? "global"}`, name } as const;
  return {
    action: "settings.changed",
    subject,
    facts: {
      before: before === null ? null : JSON.stringify(before),
      after: after === null ? null : JSON.stringify(after),
    },
  };
}

export function logsCleared(facts: {
  readonly daysBack: number;
  readonly removedLogs: number;
  readonly removedAuditFiles: number;
}): AuditFact {
  const subject = { kind: "settings", id: "logs", name: "Device logs" } as const;
  return {
    action: "settings.changed",
    subject,
    facts: {
      daysBack: facts.daysBack,
      logsRemoved: facts.removedLogs,
      auditFilesRemoved: facts.removedAuditFiles,
    },
  };
}
