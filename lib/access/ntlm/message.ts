/** The parts of an NTLM message that this service reads. Only the phone and the domain controller read the rest. */
export type NtlmMessage =
  | { readonly kind: "negotiate" }
  | { readonly kind: "authenticate"; readonly user: string; readonly domain: string };

const SIGNATURE = "NTLMSSP\0";
/** A real message has a few hundred bytes, including names and certificates. */
const MAX_BASE64_LENGTH = 16_384;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Offsets and flags of [MS-NLMP] 2.2.1. */
const TYPE_AT = 8;
const DOMAIN_AT = 28;
const USER_AT = 36;
const FLAGS_AT = 60;
const NEGOTIATE_UNICODE = 0x1;

/** Parses the value after `NTLM` in an `Authorization` header; null if it is not a client message. */
export function readNtlmMessage(base64: string): NtlmMessage | null {
  // The helper reads lines, so only base64 may reach it.
  if (base64.length > MAX_BASE64_LENGTH || !BASE64.test(base64)) {
    return null;
  }
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length < TYPE_AT + 4 || bytes.toString("latin1", 0, TYPE_AT) !== SIGNATURE) {
    return null;
  }
  switch (bytes.readUInt32LE(TYPE_AT)) {
    case 1:
      return { kind: "negotiate" };
    case 3:
      return readAuthenticate(bytes);
    default:
      return null;
  }
}

function readAuthenticate(bytes: Buffer): NtlmMessage | null {
  if (bytes.length < FLAGS_AT + 4) {
    return null;
  }
  const isUnicode = (bytes.readUInt32LE(FLAGS_AT) & NEGOTIATE_UNICODE) !== 0;
  const encoding = isUnicode ? "utf16le" : "latin1";
  const domain = readField(bytes, DOMAIN_AT)?.toString(encoding);
  const user = readField(bytes, USER_AT)?.toString(encoding);
  return user === undefined || domain === undefined ? null : { kind: "authenticate", user, domain };
}

/** Reads a field: a length, a capacity and an offset into the message. */
function readField(bytes: Buffer, at: number): Buffer | null {
  const length = bytes.readUInt16LE(at);
  const offset = bytes.readUInt32LE(at + 4);
  return offset + length <= bytes.length ? bytes.subarray(offset, offset + length) : null;
}
