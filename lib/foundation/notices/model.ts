import type { Permission } from "#foundation/core/permissions";

/** The kinds of events that people and other programs are told about. The names are part of the API (webhooks). */
export const NOTICE_KINDS = [
  "import_done",
  "import_failed",
  "import_waiting",
  "approval",
  "rejection",
  "restore",
  "brake",
  "phones_in_trouble",
  "content_problem",
  "certificate_ending",
  "disk_low",
  "database_away",
  "database_back",
  "store_away",
  "store_back",
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** `problem`: a person must act. `good`: a problem has ended. `news`: a person or an import did something. */
export type NoticeTone = "problem" | "good" | "news";

type KindFacts = {
  readonly tone: NoticeTone;
  /** A person without this permission is not told. */
  readonly permission: Permission;
};

const SERVICE = "readiness:run";

export const NOTICE_KIND_FACTS = {
  import_done: { tone: "news", permission: "import:read" },
  import_failed: { tone: "problem", permission: "import:read" },
  import_waiting: { tone: "problem", permission: "import:read" },
  approval: { tone: "news", permission: "rule:read" },
  rejection: { tone: "news", permission: "rule:read" },
  restore: { tone: "news", permission: "rule:read" },
  brake: { tone: "problem", permission: "rule:read" },
  phones_in_trouble: { tone: "problem", permission: "device:read" },
  content_problem: { tone: "problem", permission: "rule:read" },
  certificate_ending: { tone: "problem", permission: SERVICE },
  disk_low: { tone: "problem", permission: SERVICE },
  database_away: { tone: "problem", permission: SERVICE },
  database_back: { tone: "good", permission: SERVICE },
  store_away: { tone: "problem", permission: SERVICE },
  store_back: { tone: "good", permission: SERVICE },
} as const satisfies Record<NoticeKind, KindFacts>;

/** Notices are kept for this time. */
export const MAX_NOTICE_AGE_DAYS = 90;
