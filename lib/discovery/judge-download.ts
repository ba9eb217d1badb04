import type { Finding } from "#lib/discovery/finding";
import { finding } from "#lib/discovery/finding";
import { originOf } from "#lib/discovery/judge-answer";
import type { SampleFile, SeenAnswer } from "#lib/discovery/model";
import { readXmlTree } from "#lib/core/xml-tree";
import type { XmlElement } from "#lib/core/xml-tree";

/** The one type under which phones take images and their signatures (device-protocol.md, 2.2). */
const CONTENT_TYPE = "binary/octet-stream";

/** Where images are, out of an answer to a check in any dialect: `BaseURL` is the one name that is known for certain. */
export function readBaseUrl(answer: SeenAnswer): string | null {
  if (answer.kind !== "answered" || answer.status !== 200) {
    return null;
  }
  const reading = readXmlTree(answer.body.toString("utf8"));
  const [text] = reading.kind === "read" ? valuesOf(reading.root, "baseurl") : [];
  return text !== undefined && URL.canParse(text) ? text.replace(/\/+$/, "") : null;
}

export function judgeCheck(answer: SeenAnswer, isUpdateDue: boolean): readonly Finding[] {
  if (answer.kind !== "answered") {
    // That the address cannot be reached has been said already.
    return [];
  }
  const origin = originOf(answer.url);
  if (answer.status !== 200) {
    return answer.status >= 300 && answer.status < 400
      ? [finding("redirected", origin, answer.headers.location ?? "")]
      : [finding("check_failed", origin, String(answer.status))];
  }
  return isUpdateDue && readBaseUrl(answer) === null
    ? [finding("check_failed", origin, "no BaseURL")]
    : [];
}

/** A file as it arrived; `sha256` is null where only its beginning was fetched. */
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
  const type = (headers["content-type"] ?? "–").split(";", 1)[0] ?? "";
  return [
    ...(type === CONTENT_TYPE ? [] : [finding("wrong_content_type", url, type)]),
    ...(sha256 === null || sha256 === file.sha256
      ? []
      : [finding("wrong_bytes", url, sha256.slice(0, 12))]),
  ];
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
