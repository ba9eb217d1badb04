import type { AuditFact } from "#foundation/audit/model";
import type { CaptureSettings } from "#phones/captures/model";
import { CAPTURE_SETTING } from "#phones/captures/model";

const SUBJECT = { kind: "settings", id: CAPTURE_SETTING, name: "Capture" } as const;

export function captureChanged(before: CaptureSettings, after: CaptureSettings): AuditFact {
  const facts = {
    modeBefore: before.mode,
    mode: after.mode,
    maxBodyBytes: after.maxBodyBytes,
    maxCount: after.maxCount,
    keepDays: after.keepDays,
    perMinute: after.perMinute,
  };
  return { action: "settings.changed", subject: SUBJECT, facts };
}

export function capturesRemoved(removed: number): AuditFact {
  return { action: "settings.changed", subject: SUBJECT, facts: { capturesRemoved: removed } };
}
