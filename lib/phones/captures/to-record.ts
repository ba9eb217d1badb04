import { fromBodyText, toBodyText } from "#phones/captures/body-text";
import type { CapturedHeader, CaptureRecord, RawCapture } from "#phones/captures/model";
import { redactBody, redactHeaders, redactUrl } from "#phones/captures/redact";

const MAX_HEADERS = 100;
const MAX_LINE_CHARS = 2_048;

/** Converts a request to its stored form: without credentials, and of limited size. */
export function toCaptureRecord(capture: RawCapture, maxBodyBytes: number): CaptureRecord {
  // Truncated after the redaction: a partial secret would not be recognised.
  const body = redactBytes(capture.body);
  const headers = redactHeaders(capture.headers);
  return {
    ...capture,
    target: clean(redactUrl(capture.target)),
    headers: headers.slice(0, MAX_HEADERS).map(cutHeader),
    body: body.subarray(0, maxBodyBytes),
    isTruncated:
      body.length > maxBodyBytes ||
      headers.length > MAX_HEADERS ||
      headers.some(([, value]) => value.length > MAX_LINE_CHARS),
  };
}

function redactBytes(bytes: Uint8Array): Uint8Array {
  const { encoding, text } = toBodyText(bytes);
  const redacted = redactBody(text);
  // A body without secrets is kept byte for byte.
  return redacted === text ? bytes : fromBodyText({ encoding, text: redacted });
}

function cutHeader([name, value]: CapturedHeader): CapturedHeader {
  return [clean(name), clean(value)];
}

/** PostgreSQL cannot store NUL in text and jsonb. */
function clean(text: string): string {
  return text.slice(0, MAX_LINE_CHARS).replaceAll("\0", "\uFFFD");
}
