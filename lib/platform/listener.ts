import "server-only";
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Server as TlsServer } from "node:https";
import type { Socket } from "node:net";
import { AppError } from "#lib/core/errors";
import { PROBLEM_MEDIA_TYPE, toProblem } from "#lib/platform/http/problem";
import { log } from "#lib/platform/log";
import { countConnections } from "#lib/platform/open-connections";
import type { ListenerCertificate } from "#lib/platform/tls/open-certificates";

export type Listener = {
  readonly port: number;
  readonly isTls: boolean;
  /** Until then, and after, requests are told to come again. */
  readonly serve: (handler: RequestListener) => void;
  /** Takes no more connections, lets what is under way finish within the time, then cuts it off. */
  readonly close: (drainMs: number) => Promise<void>;
};

export type ListenerOptions = {
  readonly port: number;
  readonly host: string | undefined;
  /** The setting to change when the port cannot be had. */
  readonly setting: "PORT" | "TLS_PORT" | "EXTERNAL_PORT";
  /** Null speaks plain HTTP. */
  readonly certificate: ListenerCertificate | null;
  /** How long a whole request may take to arrive; an upload of 2 GiB takes a while. */
  readonly requestTimeoutMs: number;
};

const RETRY_AFTER_SECONDS = 5;
/** Connections that wait to be accepted; after a power cut thousands of phones arrive in one second. */
const BACKLOG = 4_096;

/**
 * An HTTP or HTTPS listener that is bound at once, so that a busy port is known before anything else is started. The
 * limits keep a client that sends slowly, or not at all, from holding a connection for ever.
 */
export async function openListener(options: ListenerOptions): Promise<Listener> {
  let handler: RequestListener = comeAgain;
  const server = createOwnServer(options, (request, response) => {
    handler(request, response);
  });
  server.maxHeadersCount = 100;
  // Nothing sent and nothing taken for that long: the other end is gone.
  server.setTimeout(120_000);
  countConnections(server, options.setting === "EXTERNAL_PORT" ? "external" : "internal");
  const cutOff = options.certificate === null ? plainCutOff(server) : tlsCutOff(server);
  await bind(server, options);
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : options.port,
    isTls: options.certificate !== null,
    serve: (next) => {
      handler = next;
    },
    close: (drainMs) => close(server, cutOff, drainMs),
  };
}

function createOwnServer(
  { requestTimeoutMs, certificate }: ListenerOptions,
  answer: RequestListener,
): Server | TlsServer {
  const limits = {
    headersTimeout: 20_000,
    requestTimeout: requestTimeoutMs,
    // Longer than the 60 s after which common proxies drop a connection, so that they do it and not we.
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: 5_000,
    maxHeaderSize: 16 * 1024,
  };
  if (certificate === null) {
    return createServer(limits, answer);
  }
  const server = createTlsServer(
    {
      ...limits,
      ...certificate.context(),
      handshakeTimeout: 20_000,
      // As for plain HTTP, where Node does so by itself: the last bytes of an answer do not wait for company.
      noDelay: true,
    },
    answer,
  );
  // Connections that are open keep the certificate they began with.
  certificate.onRenewal((context) => {
    server.setSecureContext(context);
  });
  server.on("tlsClientError", (error, { remoteAddress }) => {
    // For every scanner that passes by: only who looks for an old phone wants to know.
    const reason = "code" in error ? error.code : error.message;
    log().debug({ reason, address: remoteAddress }, "a TLS handshake failed");
  });
  return server;
}

function plainCutOff(server: Server | TlsServer): () => void {
  return () => {
    server.closeAllConnections();
  };
}

/** A server over TLS does not know the connections whose handshake is under way, and closing waits for these too. */
function tlsCutOff(server: Server | TlsServer): () => void {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  return () => {
    sockets.forEach((socket) => socket.destroy());
  };
}

function comeAgain({ url = "/" }: IncomingMessage, response: ServerResponse): void {
  const [instance = "/"] = url.split("?");
  const reason = new AppError("unavailable", "The server is just starting or stopping.");
  const problem = toProblem(reason, { instance, requestId: randomUUID() });
  response.writeHead(problem.status, {
    "content-type": PROBLEM_MEDIA_TYPE,
    "retry-after": String(RETRY_AFTER_SECONDS),
    connection: "close",
  });
  response.end(JSON.stringify(problem));
}

async function bind(
  server: Server | TlsServer,
  { port, host, setting }: ListenerOptions,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => {
      reject(new AppError("conflict", explain(error, { port, host, setting }), { cause: error }));
    });
    server.listen({ port, host, backlog: BACKLOG }, resolve);
  });
}

function explain(
  error: Error,
  { port, host, setting }: Pick<ListenerOptions, "port" | "host" | "setting">,
): string {
  switch ("code" in error ? error.code : "") {
    case "EADDRINUSE":
      return `Port ${port} is in use: stop the program that uses it, or set ${setting} to another one.`;
    case "EACCES":
      return `This account may not listen on port ${port}: set ${setting} to 1024 or above.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `This machine has no address ${host ?? ""}: correct HOST, or unset it to listen on every address.`;
    default:
      return `Port ${port} cannot be used: ${error.message}.`;
  }
}

async function close(
  server: Server | TlsServer,
  cutOff: () => void,
  drainMs: number,
): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(cutOff, drainMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
