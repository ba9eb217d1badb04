import "server-only";
import http from "node:http";
import type { IncomingMessage } from "node:http";
import https from "node:https";
import { isIP } from "node:net";
import { checkServerIdentity, createSecureContext, getCACertificates, TLSSocket } from "node:tls";
import type { DetailedPeerCertificate, SecureContext } from "node:tls";
import type { Names } from "#programs/readiness/ask-names";
import { hostOf } from "#programs/readiness/judge-answer";
import type { SeenAnswer, SeenCertificate } from "#programs/readiness/model";
import { errorCode } from "#foundation/core/error-code";

const TIMEOUT_MS = 5_000;
const MAX_BODY_BYTES = 64 * 1024 * 1024;

export type ServerRequest = {
  readonly url: string;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type RequestContext = {
  readonly names: Names;
  readonly trustedAuthorities: string | null;
};

/**
 * Sends one request as a phone does: uses the addresses from its DNS server and does not follow redirects. Certificate
 * errors are recorded but do not end the connection, so that later faults are found too.
 */
export async function askServer(
  request: ServerRequest,
  { names, trustedAuthorities }: RequestContext,
): Promise<SeenAnswer> {
  const { url } = request;
  const host = hostOf(url);
  const lookup = await names.addressesOf(host);
  const [address] = lookup.kind === "found" ? lookup.addresses : [];
  if (address === undefined) {
    return { kind: "unresolved", url, lookup };
  }
  try {
    return await send(request, { address, host, trustedAuthorities });
  } catch (error) {
    return { kind: "failed", url, reason: errorCode(error) ?? "EUNKNOWN" };
  }
}

type Target = {
  readonly address: string;
  readonly host: string;
  readonly trustedAuthorities: string | null;
};

function send(
  { url, method = "GET", headers = {}, body }: ServerRequest,
  { address, host, trustedAuthorities }: Target,
): Promise<SeenAnswer> {
  return new Promise((resolve, reject) => {
    const isSecure = url.startsWith("https:");
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const family = isIP(address);
    const outgoing = (isSecure ? https : http).request(url, {
      method,
      headers: { ...headers, ...length },
      agent: false,
      lookup: (_name, { all }, callback) => {
        if (all === true) {
          callback(null, [{ address, family }]);
        } else {
          callback(null, address, family);
        }
      },
      ...(isSecure
        ? { rejectUnauthorized: false, secureContext: secureContextFor(trustedAuthorities) }
        : {}),
    });
    outgoing.setTimeout(TIMEOUT_MS, () => {
      outgoing.destroy(new SilenceError());
    });
    outgoing.on("error", reject);
    outgoing.on("response", (incoming) => {
      // Read before the socket closes, which drops the peer certificate.
      const certificate = seenCertificate(incoming, host);
      readBody(incoming).then(
        (content) => {
          resolve(toAnswer(url, incoming, { content, certificate }));
        },
        (error: unknown) => {
          reject(error instanceof Error ? error : new SilenceError());
        },
      );
    });
    outgoing.end(body);
  });
}

let latest: { readonly trusted: string | null; readonly context: SecureContext } | null = null;

/** Kept for the next requests: parsing all authorities takes longer than a request. */
function secureContextFor(trusted: string | null): SecureContext {
  if (latest?.trusted !== trusted) {
    const ca = [...getCACertificates("default"), ...(trusted === null ? [] : [trusted])];
    latest = { trusted, context: createSecureContext({ ca, minVersion: "TLSv1" }) };
  }
  return latest.context;
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    if (Buffer.isBuffer(chunk)) {
      chunks.push(chunk);
      length += chunk.length;
    }
    if (length > MAX_BODY_BYTES) {
      incoming.destroy();
      break;
    }
  }
  return Buffer.concat(chunks);
}

type Received = { readonly content: Buffer; readonly certificate: SeenCertificate | null };

function toAnswer(
  url: string,
  incoming: IncomingMessage,
  { content, certificate }: Received,
): SeenAnswer {
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  );
  const date = Date.parse(headers.date ?? "");
  return {
    kind: "answered",
    url,
    status: incoming.statusCode ?? 0,
    headers,
    body: content,
    aheadMs: Number.isNaN(date) ? null : date - Date.now(),
    certificate,
  };
}

function seenCertificate({ socket }: IncomingMessage, host: string): SeenCertificate | null {
  if (!(socket instanceof TLSSocket)) {
    return null;
  }
  const certificate = socket.getPeerCertificate(true);
  return {
    names: (certificate.subjectaltname ?? "").split(", ").filter((name) => name !== ""),
    validFrom: new Date(certificate.valid_from),
    validTo: new Date(certificate.valid_to),
    chainLength: lengthOf(certificate),
    trustError: socket.authorized ? null : trustErrorOf(socket),
    coversHost: checkServerIdentity(host, certificate) === undefined,
  };
}

/** The trust error of the chain. Errors about the host name are checked separately. */
function trustErrorOf({ authorizationError }: TLSSocket): string | null {
  const text = String(authorizationError);
  return text.includes("ALTNAME_INVALID") ? null : text;
}

function lengthOf(leaf: DetailedPeerCertificate): number {
  const seen = new Set<string>();
  let certificate: DetailedPeerCertificate | undefined = leaf;
  while (certificate !== undefined && !seen.has(certificate.fingerprint256)) {
    seen.add(certificate.fingerprint256);
    certificate = issuerOf(certificate);
  }
  return seen.size;
}

/** Undefined when the chain ends early, although the type says that there is always an issuer. */
function issuerOf({
  issuerCertificate,
}: Partial<DetailedPeerCertificate>): DetailedPeerCertificate | undefined {
  return issuerCertificate;
}

class SilenceError extends Error {
  readonly code = "ETIMEDOUT";
}
