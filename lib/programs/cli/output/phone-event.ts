import { replaceControls } from "#programs/cli/output/fields";
import { formatBytes } from "#foundation/i18n/format-bytes";
import type { PhoneEvent } from "#programs/simulator/events";
import type { WaitReason } from "#programs/simulator/model";

const TRIGGERS = {
  boot: "at power-on",
  signin: "at sign-in",
  timer: "on schedule",
  manual: "on request",
} as const;

const WAITS = {
  next_check: "until the next check",
  retry: "before it retries",
  idle: "until the phone has been idle for a while",
} as const satisfies Record<WaitReason, string>;

type FailureKind = Extract<PhoneEvent, { readonly message: string }>["kind"];

const FAILURES = {
  check_failed: "got no usable answer",
  download_interrupted: "the download was interrupted",
  download_rejected: "rejected the download",
} as const satisfies Record<FailureKind, string>;

/** One line for an event of a phone. Null for progress, which only a progress bar shows. */
export function phoneEventText(event: PhoneEvent): string | null {
  const text = eventText(event);
  return text === null ? null : replaceControls(text);
}

function eventText(event: PhoneEvent): string | null {
  if ("message" in event) {
    return `${FAILURES[event.kind]}: ${event.message}`;
  }
  if (isEnd(event)) {
    return endText(event);
  }
  switch (event.kind) {
    case "found":
      return `found the service at ${event.url}${event.address === null ? "" : ` (${event.address})`}`;
    case "checking":
      return `checks for updates ${TRIGGERS[event.trigger]}; runs ${event.version}`;
    case "answered":
      return answerText(event);
    case "receiving":
      return null;
    case "downloaded":
      return downloadText(event);
    case "waiting":
      return `waits ${WAITS[event.reason]}, ${event.until.toISOString()}`;
  }
}

type EndOfUpdate = Extract<
  PhoneEvent,
  { readonly kind: "installed" | "install_failed" | "vanished" }
>;

function isEnd(event: PhoneEvent): event is EndOfUpdate {
  return event.kind === "installed" || event.kind === "install_failed" || event.kind === "vanished";
}

function endText(event: EndOfUpdate): string {
  switch (event.kind) {
    case "installed":
      return `restarted with ${event.toVersion}; ${event.fromVersion} stays on the other partition`;
    case "install_failed":
      return `restarted, but the new version did not start: still runs ${event.version}`;
    case "vanished":
      return "sends no more requests";
  }
}

function answerText({
  offered,
  channel,
}: Extract<PhoneEvent, { readonly kind: "answered" }>): string {
  if (offered.length === 0) {
    return "is offered no update";
  }
  const names = offered.map(({ updateType, version }) => `${updateType} ${version}`).join(", ");
  return channel === null ? `is offered ${names}` : `is offered the ${channel} version ${names}`;
}

function downloadText({
  fileName,
  sha256,
  resumedAtBytes,
}: Extract<PhoneEvent, { readonly kind: "downloaded" }>): string {
  const resumed = resumedAtBytes === 0 ? "" : `, resumed at ${formatBytes(resumedAtBytes, "en")}`;
  const verified =
    sha256 === null
      ? "the server gave no digest"
      : `its digest is correct (${sha256.slice(0, 12)}…)`;
  return `downloaded ${fileName}${resumed}; ${verified}`;
}
