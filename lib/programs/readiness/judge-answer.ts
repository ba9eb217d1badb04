import type { Finding } from "#programs/readiness/finding";
import { finding } from "#programs/readiness/finding";
import { judgeCertificate } from "#programs/readiness/judge-certificate";
import type { SeenAnswer } from "#programs/readiness/model";
import { readProvisioning } from "#formats/protocol/provisioning-xml";

/** Allowed clock difference: phones check certificates by their clock, which is accurate to about a minute. */
export const MAX_SKEW_MS = 60_000;

type Answered = Extract<SeenAnswer, { readonly kind: "answered" }>;

/** Whether this service sent the answer: only it answers with a provisioning document. */
export function isThisService(answer: SeenAnswer): boolean {
  return (
    answer.kind === "answered" &&
    answer.status === 200 &&
    readProvisioning(answer.body.toString("utf8")) !== null
  );
}

/** Findings for the answer of the internal provisioning path. */
export function judgeInside(answer: SeenAnswer, now: Date): readonly Finding[] {
  return checkReachability(answer, now) ?? judgeSelf(answer);
}

/** Findings that keep a phone from an answer: DNS, connection, redirect. Null when there is an answer to check. */
function checkReachability(answer: SeenAnswer, now: Date): readonly Finding[] | null {
  const host = hostOf(answer.url);
  switch (answer.kind) {
    case "unresolved":
      return [
        answer.lookup.kind === "failed"
          ? finding("dns_unanswered", host, answer.lookup.reason)
          : finding("host_unresolved", host),
      ];
    case "failed":
      return [
        /SSL|TLS|EPROTO/.test(answer.reason)
          ? finding("tls_failed", host, answer.reason)
          : finding("unreachable", originOf(answer.url), answer.reason),
      ];
    case "answered":
      return isRedirect(answer)
        ? [
            finding("redirected", originOf(answer.url), answer.headers.location ?? ""),
            ...checkHttpBehaviour(answer, now),
          ]
        : null;
  }
}

/** Findings for the certificate and the clock of a server, which any answer shows. */
export function checkHttpBehaviour(answer: SeenAnswer, now: Date): readonly Finding[] {
  if (answer.kind !== "answered") {
    return [];
  }
  const host = hostOf(answer.url);
  const { aheadMs, certificate } = answer;
  return [
    ...(certificate === null ? [] : judgeCertificate(host, certificate, now)),
    ...(aheadMs !== null && Math.abs(aheadMs) > MAX_SKEW_MS
      ? [finding("clock_differs", host, inSeconds(aheadMs))]
      : []),
  ];
}

function judgeSelf(answer: SeenAnswer): readonly Finding[] {
  if (answer.kind !== "answered" || isThisService(answer)) {
    return [];
  }
  const origin = originOf(answer.url);
  return [
    answer.status === 403
      ? finding("refused_inside", origin, "403")
      : finding("wrong_server", origin, String(answer.status)),
  ];
}

/** Findings for the external URL without credentials, which must answer with a challenge. */
export function judgeOutside(answer: SeenAnswer, now: Date): readonly Finding[] {
  const failure = checkReachability(answer, now);
  if (failure !== null || answer.kind !== "answered") {
    return failure ?? [];
  }
  const origin = originOf(answer.url);
  return [...judgeChallenge(answer, origin), ...checkHttpBehaviour(answer, now)];
}

function judgeChallenge({ status, headers }: Answered, origin: string): readonly Finding[] {
  if (status === 401) {
    return headers["www-authenticate"] === undefined
      ? [finding("external_no_challenge", origin, "401")]
      : [];
  }
  // This service answers 403 over HTTP to refuse unencrypted credentials; the missing HTTPS is its own finding.
  if (status === 403 && origin.startsWith("http:")) {
    return [];
  }
  return [
    status < 300
      ? finding("external_open", origin, String(status))
      : finding("wrong_server", origin, String(status)),
  ];
}

/** Finding when the panel's sign-in page is reachable outside. */
export function judgePanel(answer: SeenAnswer): readonly Finding[] {
  return answer.kind === "answered" &&
    answer.status === 200 &&
    /ucupdates/i.test(answer.body.toString("utf8"))
    ? [finding("panel_outside", originOf(answer.url))]
    : [];
}

function isRedirect({ status }: Answered): boolean {
  return status >= 300 && status < 400 && status !== 304;
}

export function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, "");
}

export function originOf(url: string): string {
  return new URL(url).origin;
}

export function inSeconds(ms: number): string {
  return `${ms > 0 ? "+" : ""}${Math.round(ms / 1000)} s`;
}
