import { withoutTrailingSlashes } from "#foundation/core/trailing-slashes";
import type { Finding } from "#programs/readiness/finding";
import { finding } from "#programs/readiness/finding";
import { originOf } from "#programs/readiness/judge-answer";
import type { SampleFile, SeenAnswer } from "#programs/readiness/model";
import { readXmlTree } from "#formats/xml/xml-tree";
import type { Side } from "#fleet/devices/model";
import type { XmlElement } from "#formats/xml/xml-tree";

/** The only content type that Lync phones accept for their images and signatures (device-protocol.md, 2.2). */
const CONTENT_TYPE = "binary/octet-stream";
const FILES_OF_LYNC_PHONES = /\.(?:nbt|cat)$/i;

/** Lower-case local names; the only two names that are certain to be in every answer. */
const BASE_URL_NAMES = {
  internal: "baseurl",
  external: "externalbaseurl",
} as const satisfies Record<Side, string>;
/** Statuses for missing or wrong credentials, a token of another phone, or too many wrong attempts. */
const REFUSALS: readonly number[] = [401, 403, 429];

/** Reads the base URL of images from the answer to a check, in any XML dialect. */
export function readBaseUrl(answer: SeenAnswer, side: Side): string | null {
  if (answer.kind !== "answered" || answer.status !== 200) {
    return null;
  }
  const reading = readXmlTree(answer.body.toString("utf8"));
  const [text] = reading.kind === "read" ? valuesOf(reading.root, BASE_URL_NAMES[side]) : [];
  return text !== undefined && URL.canParse(text) ? withoutTrailingSlashes(text) : null;
}

type Answered = Extract<SeenAnswer, { readonly kind: "answered" }>;

type Expected = { readonly side: Side; readonly isUpdateDue: boolean };

export function judgeCheck(answer: SeenAnswer, expected: Expected): readonly Finding[] {
  if (answer.kind !== "answered") {
    // An unreachable URL is already reported.
    return [];
  }
  if (answer.status !== 200) {
    return [judgeRefusal(answer, expected)];
  }
  const { side, isUpdateDue } = expected;
  return isUpdateDue && readBaseUrl(answer, side) === null
    ? [
        finding(
          "check_failed",
          originOf(answer.url),
          side === "internal" ? "no BaseURL" : "no ExternalBaseURL",
        ),
      ]
    : [];
}

function judgeRefusal({ url, status, headers }: Answered, { side }: Expected): Finding {
  const origin = originOf(url);
  if (side === "external" && REFUSALS.includes(status)) {
    return finding("credentials_refused", origin, String(status));
  }
  return status >= 300 && status < 400
    ? finding("redirected", origin, headers.location ?? "")
    : finding("check_failed", origin, String(status));
}

/** A downloaded file; `sha256` is null when only its beginning was downloaded. */
export type SeenDownload = {
  readonly file: SampleFile;
  readonly answer: SeenAnswer;
  readonly sha256: string | null;
};

export function judgeDownload({ file, answer, sha256 }: SeenDownload): readonly Finding[] {
  if (answer.kind !== "answered") {
    const reason = answer.kind === "failed" ? answer.reason : "DNS";
    return [finding("download_failed", answer.url, reason)];
  }
  const { status, headers, url } = answer;
  if (status !== 200 && status !== 206) {
    return [finding("download_failed", url, String(status))];
  }
  return [
    ...judgeContentType(file, { url, type: headers["content-type"] ?? "–" }),
    ...(sha256 === null || sha256 === file.sha256
      ? []
      : [finding("wrong_bytes", url, sha256.slice(0, 12))]),
  ];
}

function judgeContentType(
  { fileName }: SampleFile,
  seen: { readonly url: string; readonly type: string },
): readonly Finding[] {
  const [type = ""] = seen.type.split(";", 1);
  return type === CONTENT_TYPE || !FILES_OF_LYNC_PHONES.test(fileName)
    ? []
    : [finding("wrong_content_type", seen.url, type)];
}

function valuesOf(element: XmlElement, name: string): readonly string[] {
  return [
    ...(element.name === name && element.text !== "" ? [element.text] : []),
    ...element.attributes.flatMap((attribute) =>
      attribute.name === name ? [attribute.value] : [],
    ),
    ...element.children.flatMap((child) => valuesOf(child, name)),
  ];
}
