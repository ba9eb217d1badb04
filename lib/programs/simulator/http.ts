import http from "node:http";
import type { IncomingMessage, RequestOptions } from "node:http";
import https from "node:https";
import { isIP } from "node:net";
import { rootCertificates } from "node:tls";
import { errorCode } from "#foundation/core/error-code";
import type { PhoneOptions } from "#programs/simulator/options";

type PhoneRequest = {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The address from the phone's own lookup; null uses the lookup of the machine. */
  readonly connectTo: string | null;
  readonly trustedAuthorities: string | null;
  readonly signal: AbortSignal;
};

const SILENCE_TIMEOUT_MS = 30_000;

/**
 * Sends a request and resolves with the response head. Does not follow redirects, because phones do not.
 * Rejects when there is no response.
 */
export function sendRequest(request: PhoneRequest): Promise<IncomingMessage> {
  const { url, body, signal } = request;
  return new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? https.request : http.request;
    const outgoing = send(url, toOptions(request), resolve);
    outgoing.on("error", (error) => {
      reject(signal.aborted ? asError(signal.reason) : error);
    });
    outgoing.setTimeout(SILENCE_TIMEOUT_MS, () => outgoing.destroy(new SilenceError()));
    outgoing.end(body);
  });
}

/** Reads the body as text; null when it is longer than the limit. */
export async function readText(
  incoming: IncomingMessage,
  maxBytes: number,
): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    if (!Buffer.isBuffer(chunk)) {
      continue;
    }
    length += chunk.length;
    if (length > maxBytes) {
      incoming.destroy();
      return null;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** `Retry-After` in seconds from now; null when it is absent or invalid (RFC 9110, 10.2.3). */
export function retryAfterSeconds(header: string | undefined, now: Date): number | null {
  if (header === undefined) {
    return null;
  }
  if (/^\d{1,9}$/.test(header)) {
    return Number(header);
  }
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, (at - now.getTime()) / 1000);
}

function basicAuthorization(userName: string, password: string): string {
  return `Basic ${Buffer.from(`${userName}:${password}`, "utf8").toString("base64")}`;
}

/** A short reason for a network error: the system's error code if there is one. */
export function networkReason(error: unknown): string {
  if (!(error instanceof Error)) {
    return "unknown";
  }
  return errorCode(error) ?? error.name;
}

class SilenceError extends Error {
  readonly code = "ETIMEDOUT";
}

function toOptions({
  method,
  headers,
  body,
  connectTo,
  trustedAuthorities,
  signal,
}: PhoneRequest): RequestOptions & { ca?: string[] } {
  const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  return {
    method,
    headers: { ...headers, ...length },
    signal,
    // One request per connection: a phone asks once a day, and a broken connection must not be reused.
    agent: false,
    ...(trustedAuthorities === null ? {} : { ca: [...rootCertificates, trustedAuthorities] }),
    ...(connectTo === null ? {} : { lookup: lookupOf(connectTo) }),
  };
}

/** Connects to the address, but keeps the name in the request and in the check of the certificate. */
function lookupOf(address: string): NonNullable<RequestOptions["lookup"]> {
  const family = isIP(address);
  return (_hostname, { all }, callback) => {
    if (all === true) {
      callback(null, [{ address, family }]);
    } else {
      callback(null, address, family);
    }
  };
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error("The phone was stopped.");
}

/** Sends credentials only outside; inside the firewall the server does not ask for them. */
export function authorization({ side, credentials }: PhoneOptions): Record<string, string> {
  return side === "external" && credentials !== null
    ? { authorization: basicAuthorization(credentials.userName, credentials.password) }
    : {};
}
