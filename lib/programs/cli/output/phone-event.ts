import { harmless } from "#programs/cli/output/fields";
import { formatBytes } from "#foundation/i18n/format-bytes";
import type { PhoneEvent } from "#programs/simulator/events";
import type { WaitReason } from "#programs/simulator/model";

const TRIGGERS = {
  boot: "at power-on",
  signin: "at sign-in",
  timer: "because it is time",
  manual: "because somebody asked it to",
} as const;

const WAITS = {
  next_check: "until its next check",
  retry: "before it tries again",
  idle: "until nobody has used it for a while",
} as const satisfies Record<WaitReason, string>;

type FailureKind = Extract<PhoneEvent, { readonly message: string }>["kind"];

const FAILURES = {
  check_failed: "got no answer it can use",
  download_interrupted: "its download broke off",
  download_rejected: "refuses what it downloaded",
} as const satisfies Record<FailureKind, string>;

/** One line for what can be seen of a phone; null for what only a progress bar would show. */
export function phoneEventText(event: PhoneEvent): string | null {
  const text = inWords(event);
  return text === null ? null : harmless(text);
}

function inWords(event: PhoneEvent): string | null {
  if ("message" in event) {
    return `${FAILURES[event.kind]}: ${event.message}`;
  }
  if (isEnd(event)) {
    return endInWords(event);
  }
  switch (event.kind) {
    case "found":
      return `found the service at ${event.url}${event.address === null ? "" : ` (${event.address})`}`;
    case "checking":
      return `asks for updates ${TRIGGERS[event.trigger]}; runs ${event.version}`;
    case "answered":
      return answerInWords(event);
    case "receiving":
      return null;
    case "downloaded":
      return downloadInWords(event);
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

function endInWords(event: EndOfUpdate): string {
  switch (event.kind) {
    case "installed":
      return `restarted into ${event.toVersion}; ${event.fromVersion} stays on the other partition`;
    case "install_failed":
      return `restarted, but what it installed did not start: runs ${event.version} as before`;
    case "vanished":
      return "is heard of no more";
  }
}

function answerInWords({
  offered,
  channel,
}: Extract<PhoneEvent, { readonly kind: "answered" }>): string {
  if (offered.length === 0) {
    return "is told that nothing is due";
  }
  const names = offered.map(({ updateType, version }) => `${updateType} ${version}`).join(", ");
  return channel === null ? `is offered ${names}` : `is offered the ${channel} version ${names}`;
}

function downloadInWords({
  fileName,
  sha256,
  resumedAtBytes,
}: Extract<PhoneEvent, { readonly kind: "downloaded" }>): string {
  const resumed =
    resumedAtBytes === 0
      ? ""
      : `, going on where ${formatBytes(resumedAtBytes, "en")} were there already`;
  const verified =
    sha256 === null
      ? "nobody said what its digest is"
      : `its digest is right (${sha256.slice(0, 12)}…)`;
  return `downloaded ${fileName}${resumed}; ${verified}`;
}
