import { fromBodyText, toBodyText } from "#phones/captures/body-text";
import type { CapturedHeader, CaptureRecord, RawCapture } from "#phones/captures/model";
import { redactBody, redactHeaders, redactUrl } from "#phones/captures/redact";

const MOST_HEADERS = 100;
const LONGEST_LINE = 2_048;

/** A request as it may be kept: without credentials, and of a size that is known beforehand. */
export function toCaptureRecord(capture: RawCapture, maxBodyBytes: number): CaptureRecord {
  // Cut afterwards: a secret that is cut in two would no longer be recognised.
  const body = redactBytes(capture.body);
  const headers = redactHeaders(capture.headers);
  return {
    ...capture,
    target: clean(redactUrl(capture.target)),
    headers: headers.slice(0, MOST_HEADERS).map(cutHeader),
    body: body.subarray(0, maxBodyBytes),
    isTruncated:
      body.length > maxBodyBytes ||
      headers.length > MOST_HEADERS ||
      headers.some(([, value]) => value.length > LONGEST_LINE),
  };
}

function redactBytes(bytes: Uint8Array): Uint8Array {
  const { encoding, text } = toBodyText(bytes);
  const redacted = redactBody(text);
  // What holds no secret stays as it is, byte for byte.
  return redacted === text ? bytes : fromBodyText({ encoding, text: redacted });
}

function cutHeader([name, value]: CapturedHeader): CapturedHeader {
  return [clean(name), clean(value)];
}

/** PostgreSQL's text and jsonb hold no NUL. */
function clean(text: string): string {
  return text.slice(0, LONGEST_LINE).replaceAll("\0", "\uFFFD");
}
