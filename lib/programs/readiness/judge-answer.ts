import type { Finding } from "#programs/readiness/finding";
import { finding } from "#programs/readiness/finding";
import { judgeCertificate } from "#programs/readiness/judge-certificate";
import type { SeenAnswer } from "#programs/readiness/model";
import { readProvisioning } from "#formats/protocol/provisioning-xml";

/** Phones tell the time to a minute or so; certificates are checked by it. */
export const MOST_SKEW_MS = 60_000;

type Answered = Extract<SeenAnswer, { readonly kind: "answered" }>;

/** Whether this service stands behind an address: only it answers with a provisioning document. */
export function isThisService(answer: SeenAnswer): boolean {
  return (
    answer.kind === "answered" &&
    answer.status === 200 &&
    readProvisioning(answer.body.toString("utf8")) !== null
  );
}

/** The path inside the firewall that says who is there. */
export function judgeInside(answer: SeenAnswer, now: Date): readonly Finding[] {
  return judgeRoad(answer, now) ?? judgeSelf(answer);
}

/** What stands between a phone and any answer at all; null where one arrived that can be looked at. */
function judgeRoad(answer: SeenAnswer, now: Date): readonly Finding[] | null {
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
            ...judgeManners(answer, now),
          ]
        : null;
  }
}

/** Certificate and clock, which any answer shows. */
export function judgeManners(answer: SeenAnswer, now: Date): readonly Finding[] {
  if (answer.kind !== "answered") {
    return [];
  }
  const host = hostOf(answer.url);
  const { aheadMs, certificate } = answer;
  return [
    ...(certificate === null ? [] : judgeCertificate(host, certificate, now)),
    ...(aheadMs !== null && Math.abs(aheadMs) > MOST_SKEW_MS
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

/** Outside, without credentials: a challenge and nothing else. */
export function judgeOutside(answer: SeenAnswer, now: Date): readonly Finding[] {
  const road = judgeRoad(answer, now);
  if (road !== null || answer.kind !== "answered") {
    return road ?? [];
  }
  const origin = originOf(answer.url);
  return [...judgeChallenge(answer, origin), ...judgeManners(answer, now)];
}

function judgeChallenge({ status, headers }: Answered, origin: string): readonly Finding[] {
  if (status === 401) {
    return headers["www-authenticate"] === undefined
      ? [finding("external_no_challenge", origin, "401")]
      : [];
  }
  // We ourselves refuse credentials in the clear like that; that the address is not HTTPS is a finding of its own.
  if (status === 403 && origin.startsWith("http:")) {
    return [];
  }
  return [
    status < 300
      ? finding("external_open", origin, String(status))
      : finding("wrong_server", origin, String(status)),
  ];
}

/** The panel's sign-in page, asked for outside. */
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
