import { Agent, request as httpsRequest } from "node:https";
import type { IncomingMessage } from "node:http";
import type { TLSSocket } from "node:tls";
import { connect } from "node:tls";
import type { TlsVersion } from "#foundation/platform/tls-settings";

export type TlsTarget = { readonly port: number; readonly ca: string };

/** The fingerprint of the certificate that a new connection gets. Fails if the authority did not sign it. */
export async function certificateShownAt(target: TlsTarget): Promise<string> {
  const socket = await handshake(target);
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256;
}

/** The TLS version of a handshake with a client that supports only `version`; throws if the server refuses it. */
export async function versionAgreedAt(target: TlsTarget, version: TlsVersion): Promise<string> {
  const socket = await handshake({ ...target, version });
  const agreed = socket.getProtocol();
  socket.destroy();
  return agreed ?? "none";
}

function handshake({
  port,
  ca,
  version,
}: TlsTarget & { readonly version?: TlsVersion }): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const only =
      version === undefined
        ? {}
        : { minVersion: version, maxVersion: version, ciphers: "DEFAULT@SECLEVEL=0" };
    const socket = connect(
      { host: "127.0.0.1", servername: "localhost", port, ca, ...only },
      () => {
        resolve(socket);
      },
    );
    socket.on("error", reject);
  });
}

export type TlsConnection = {
  readonly get: (
    path: string,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<IncomingMessage>;
  /** The fingerprint of the certificate of this connection's handshake. */
  readonly certificate: () => string;
  /** How many connections were opened so far. */
  readonly connections: () => number;
  readonly close: () => void;
};

/** A client that sends its requests one after the other over one keep-alive connection. */
export function keepAliveOver({ port, ca }: TlsTarget): TlsConnection {
  // A resumed session has no certificate to compare, so sessions are not cached.
  const maxCachedSessions = 0;
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 1,
    maxCachedSessions,
    ca,
    servername: "localhost",
  });
  const sockets = new Set<TLSSocket>();
  return {
    get: (path, headers = {}) =>
      new Promise((resolve, reject) => {
        const outgoing = httpsRequest({ host: "127.0.0.1", port, path, headers, agent }, resolve);
        outgoing.on("socket", (socket: TLSSocket) => sockets.add(socket));
        outgoing.on("error", reject);
        outgoing.end();
      }),
    certificate: () => [...sockets].at(-1)?.getPeerCertificate().fingerprint256 ?? "none",
    connections: () => sockets.size,
    close: () => {
      agent.destroy();
    },
  };
}

export async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) {
    if (Buffer.isBuffer(chunk)) {
      chunks.push(chunk);
    }
  }
  return Buffer.concat(chunks).toString("utf8");
}
