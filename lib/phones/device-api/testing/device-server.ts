import { createServer, request as httpRequest } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";
import { Readable } from "node:stream";
import { withPlainHead } from "#phones/device-api/request-head";
import { deviceListener } from "#phones/device-api/listener";
import type { Side } from "#fleet/devices/model";
import { listenOnLoopback } from "#foundation/platform/testing/loopback";

export type RawRequest = {
  readonly method?: string;
  /** Sent unchanged, without normalisation. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
};

export type RawResponse = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly json: () => unknown;
};

export type DeviceServer = {
  readonly port: number;
  readonly send: (request: RawRequest) => Promise<RawResponse>;
  readonly close: () => Promise<void>;
};

/** Starts the device API on a real loopback listener, behind the same first handler as in the server. */
export async function startDeviceServer(side: Side): Promise<DeviceServer> {
  const server = createServer(withPlainHead(deviceListener(side)));
  const port = await listenOnLoopback(server);
  return {
    port,
    send: (request) => sendRaw({ port }, request),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type RawTarget = {
  readonly port: number;
  /** Uses TLS, and trusts only this authority (PEM). */
  readonly ca?: string;
  /** The source address; all of 127.0.0.0/8 belongs to this machine. */
  readonly localAddress?: string;
};

const PIECE_BYTES = 64 * 1024;

/** Sends a request to a loopback server, over its own connection. */
export function sendRaw(
  { ca, ...target }: RawTarget,
  { method = "GET", path, headers = {}, body }: RawRequest,
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", ...target, method, path, headers, agent: false };
    const outgoing =
      ca === undefined
        ? httpRequest(options)
        : httpsRequest({ ...options, ca, servername: "localhost" });
    outgoing.on("error", reject);
    outgoing.on("response", (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () => {
        const content = Buffer.concat(chunks);
        const json = (): unknown => JSON.parse(content.toString("utf8"));
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: content,
          json,
        });
      });
    });
    if (body instanceof Uint8Array && body.length > PIECE_BYTES) {
      // At once, its encryption would delay the service, which runs in this process and refuses requests while delayed.
      outgoing.setHeader("content-length", body.length);
      Readable.from(piecesOf(body)).pipe(outgoing);
    } else {
      outgoing.end(body);
    }
  });
}

function* piecesOf(body: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < body.length; start += PIECE_BYTES) {
    yield body.subarray(start, start + PIECE_BYTES);
  }
}
