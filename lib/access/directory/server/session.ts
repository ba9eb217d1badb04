import "server-only";
import { connect, isIP } from "node:net";
import type { Socket } from "node:net";
import { connect as connectSecurely } from "node:tls";
import type { TLSSocket } from "node:tls";
import { Client } from "ldapts";
import type { DirectoryServer } from "#access/directory/model";

export type SessionOptions = {
  readonly timeoutMs: number;
  /** Trusted CA certificates in PEM; null: the CAs that Node.js trusts. */
  readonly ca: string | null;
};

/** A session has a few steps, each with the configured timeout. The total timeout is this multiple of it. */
const STEPS = 4;

/**
 * Runs work over its own connection to a directory server. The connection is opened only once: after a lost connection,
 * the client would silently reconnect without StartTLS and send a password unencrypted.
 */
export async function withSession<T>(
  server: DirectoryServer,
  options: SessionOptions,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const wire = openWire(server, options);
  const client = new Client({
    url: server.url,
    timeout: options.timeoutMs,
    connectTimeout: options.timeoutMs,
    createConnection: wire.openPlain,
    createSecureConnection: wire.openSecure,
  });
  const deadline = rejectAfter(options.timeoutMs * STEPS);
  try {
    return await Promise.race([runSession(client, server, work), deadline.promise]);
  } finally {
    deadline.clear();
    wire.close();
  }
}

async function runSession<T>(
  client: Client,
  { isStartTls }: DirectoryServer,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  if (isStartTls) {
    await client.startTLS();
  }
  return work(client);
}

/** The sockets of one session. */
function openWire({ url, isStartTls }: DirectoryServer, { ca }: SessionOptions) {
  const { protocol, hostname, port } = new URL(url);
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const isLdaps = protocol === "ldaps:";
  const target = { host, port: port === "" ? (isLdaps ? 636 : 389) : Number(port) };
  const security = {
    minVersion: "TLSv1.2",
    ...(ca === null ? {} : { ca }),
    ...(isIP(host) === 0 ? { servername: host } : {}),
  } as const;
  let plain: Socket | null = null;
  let secure: TLSSocket | null = null;

  function openPlain(): Socket {
    if (plain !== null) {
      throw new Error("The connection to the directory was lost.");
    }
    plain = connect(target);
    return plain;
  }

  function openSecure(): TLSSocket {
    if (secure !== null) {
      throw new Error("The connection to the directory was lost.");
    }
    const via = isStartTls && plain !== null ? { socket: plain, host } : target;
    secure = connectSecurely({ ...via, ...security });
    return secure;
  }

  function close(): void {
    secure?.destroy();
    plain?.destroy();
  }

  return { openPlain, openSecure, close };
}

function rejectAfter(milliseconds: number) {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error("The directory did not answer in time."));
    }, milliseconds);
  });
  return {
    promise,
    clear: () => {
      clearTimeout(timer);
    },
  };
}
