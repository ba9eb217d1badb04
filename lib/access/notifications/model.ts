import { NOTICE_KINDS } from "#foundation/notices/model";
import type { NoticeKind } from "#foundation/notices/model";
import type { Locale } from "#foundation/i18n/locales";
import { DEFAULT_LOCALE } from "#foundation/i18n/locales";

/** How often a person is told of a kind of event by e-mail. */
export const FREQUENCIES = ["at_once", "hourly", "daily", "never"] as const;
export type Frequency = (typeof FREQUENCIES)[number];

export type Frequencies = Readonly<Record<NoticeKind, Frequency>>;

/** What needs a person is told at once; what people and imports did, once a day. */
export const DEFAULT_FREQUENCIES: Frequencies = {
  import_done: "daily",
  import_failed: "at_once",
  import_waiting: "at_once",
  approval: "daily",
  rejection: "daily",
  restore: "at_once",
  brake: "at_once",
  phones_in_trouble: "at_once",
  content_problem: "at_once",
  certificate_ending: "at_once",
  disk_low: "at_once",
  database_away: "at_once",
  database_back: "at_once",
  store_away: "at_once",
  store_back: "at_once",
};

/** A person's choice. Without an address, the person is not told by e-mail. */
export type NotificationChoice = {
  readonly email: string | null;
  readonly locale: Locale;
  /** IANA name. */
  readonly timeZone: string;
  readonly frequencies: Frequencies;
};

export const DEFAULT_CHOICE: Omit<NotificationChoice, "email"> = {
  locale: DEFAULT_LOCALE,
  timeZone: "UTC",
  frequencies: DEFAULT_FREQUENCIES,
};

/** Frequencies with the defaults for kinds that the person has not chosen, such as those of a newer release. */
export function withDefaults(chosen: Partial<Frequencies>): Frequencies {
  const entries = NOTICE_KINDS.map(
    (kind) => [kind, chosen[kind] ?? DEFAULT_FREQUENCIES[kind]] as const,
  );
  return { ...DEFAULT_FREQUENCIES, ...Object.fromEntries(entries) };
}

/** How the connection to the mail server is encrypted. Credentials are never sent without encryption. */
export const MAIL_ENCRYPTIONS = ["starttls", "tls", "none"] as const;
export type MailEncryption = (typeof MAIL_ENCRYPTIONS)[number];

/** The mail server, without its password. */
export type MailServer = {
  readonly host: string;
  readonly port: number;
  readonly encryption: MailEncryption;
  /** Null: without authentication. */
  readonly userName: string | null;
  /** The sender of all messages. */
  readonly from: string;
};

export const MAIL_SETTING = "mail_server";

/** The mail server as administrators see it. */
export type StoredMailServer = {
  /** Null: no e-mail is sent. */
  readonly server: MailServer | null;
  readonly hasPassword: boolean;
  readonly updatedAt: Date | null;
};

/** A webhook without its secret. */
export type Webhook = {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly kinds: readonly NoticeKind[];
  readonly isEnabled: boolean;
  readonly createdAt: Date;
  readonly createdBy: string;
  /** Until when messages are signed with the previous secret too; null if there is none. */
  readonly previousSecretUntil: Date | null;
};

export const WEBHOOK_SECRET_PREFIX = "whsec_";
/** Receivers can be given a new secret within this time. */
export const SECRET_OVERLAP_MS = 24 * 60 * 60 * 1000;

/**
 * `waiting`: it will be sent, or sent again; `delivered`: the receiver accepted it; `failed`: no further attempt;
 * `dropped`: its receiver was disabled or may no longer be told.
 */
export const MESSAGE_STATES = ["waiting", "delivered", "failed", "dropped"] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

export const DELIVERY_PROBLEMS = [
  "refused",
  "redirect",
  "timeout",
  "unreachable",
  "name_unknown",
  "tls",
  "address_not_allowed",
  "not_authenticated",
  "no_encryption",
  "secret_lost",
  "not_configured",
] as const;
/** Why an attempt failed. */
export type DeliveryProblem = (typeof DELIVERY_PROBLEMS)[number];

/** The result of one attempt. */
export type Attempt =
  | { readonly outcome: "delivered"; readonly status: number | null; readonly durationMs: number }
  | {
      readonly outcome: "failed";
      readonly problem: DeliveryProblem;
      /** The status of the answer, of HTTP or SMTP; null without an answer. */
      readonly status: number | null;
      /** One English sentence or less; contains no secret. */
      readonly detail: string;
      readonly durationMs: number;
      /** Whether the receiver said that another attempt is useless. */
      readonly isFinal: boolean;
    };

/** An entry of the delivery log. */
export type LoggedMessage = {
  readonly id: string;
  readonly channel: "email" | "webhook";
  /** The name of the account or the webhook. */
  readonly receiver: string;
  /** What it tells; empty for a test. */
  readonly kinds: readonly NoticeKind[];
  readonly state: MessageState;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly lastAttemptAt: Date | null;
  readonly nextAttemptAt: Date | null;
  readonly status: number | null;
  readonly problem: DeliveryProblem | null;
  readonly detail: string | null;
  readonly durationMs: number | null;
};
