import "server-only";
import type { SendHandle } from "node:child_process";
import { ServerResponse, createServer } from "node:http";
import type { IncomingMessage, RequestListener, Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Server as TlsServer } from "node:https";
import { Server as NetServer } from "node:net";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError } from "#foundation/core/errors";
import { respondProblem } from "#foundation/platform/http/problem-message";
import { log } from "#foundation/platform/log";
import { hasExtendedTimeout } from "#foundation/platform/http/longer-requests";
import { countConnections } from "#foundation/platform/open-connections";
import type { ListenerCertificate } from "#foundation/platform/tls/open-certificates";

export type Listener = {
  readonly port: number;
  readonly isTls: boolean;
  /** The listening socket, which another process can share (`ListenerOptions.socket`). */
  readonly socket: SendHandle;
  readonly server: Server | TlsServer;
  /** Before this call, and after `close`, requests are answered with 503 and Retry-After. */
  readonly serve: (handler: RequestListener) => void;
  /** Accepts no more connections, lets requests in progress finish within the time, then destroys their connections. */
  readonly close: (drainMs: number) => Promise<void>;
};

export type ListenerOptions = {
  readonly port: number;
  readonly host: string | undefined;
  /** A socket that already listens, from another process. Undefined: listen on `port` and `host`. */
  readonly socket?: SendHandle;
  /** The setting to change when the port cannot be used. */
  readonly setting: "PORT" | "TLS_PORT" | "EXTERNAL_PORT";
  /** Null: plain HTTP. */
  readonly certificate: ListenerCertificate | null;
  /** How long a whole request may take to arrive, unless `allowLonger` extends it. */
  readonly requestTimeoutMs: number;
};

const RETRY_AFTER_SECONDS = 5;
const CROWDED_RETRY_AFTER_SECONDS = 60;
/** How long a connection without a request stays open when the listener closes. */
const GRACE_MS = 500;
const CROWDED_LINGER_MS = 1_000;
/** Connections that wait to be accepted. After a power cut, thousands of phones connect within one second. */
const BACKLOG = 4_096;

/**
 * An HTTP or HTTPS listener. It binds immediately, so that a busy port is reported before anything else starts.
 * Timeouts keep a client that sends slowly or not at all from holding a connection for ever.
 */
export async function openListener(options: ListenerOptions): Promise<Listener> {
  let handler: RequestListener = respondUnavailable;
  // Requests on a connection beyond the limit must not be handled.
  const refused = new Set<Socket>();
  let isClosing = false;
  const server = createOwnServer(options, (request, response) => {
    if (isClosing) {
      response.shouldKeepAlive = false;
    }
    if (refused.size === 0 || !refused.has(request.socket)) {
      handler(request, response);
    }
  });
  server.maxHeadersCount = 100;
  // If no byte moves in either direction for that long, the peer is gone.
  server.setTimeout(120_000);
  server.on("clientError", answerBrokenRequest);
  countConnections(server, {
    side: options.setting === "EXTERNAL_PORT" ? "external" : "internal",
    refuse: (socket) => {
      if (options.certificate === null) {
        refused.add(socket);
        socket.once("close", () => refused.delete(socket));
        respondCrowded(socket);
      } else {
        socket.destroy();
      }
    },
  });
  const cutOff = trackConnections(server);
  await bind(server, options);
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : options.port,
    isTls: options.certificate !== null,
    socket: socketOf(server),
    server,
    serve: (next) => {
      handler = next;
    },
    close: (drainMs) => {
      isClosing = true;
      return close(server, cutOff, drainMs);
    },
  };
}

function createOwnServer(
  { requestTimeoutMs, certificate }: ListenerOptions,
  answer: RequestListener,
): Server | TlsServer {
  const limits = {
    // Node accepts no value above the timeout of the whole request.
    headersTimeout: Math.min(20_000, requestTimeoutMs),
    requestTimeout: requestTimeoutMs,
    // Longer than the 60 s after which common proxies close an idle connection, so that the proxy closes it first.
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
      // Disables Nagle's algorithm, so that the last bytes of a response are sent at once. Node does this for plain
      // HTTP itself.
      noDelay: true,
    },
    answer,
  );
  // Open connections keep the certificate of their handshake.
  certificate.onRenewal((context) => {
    server.setSecureContext(context);
  });
  server.on("tlsClientError", (error, { remoteAddress }) => {
    // At debug level, because every scanner causes this; it helps to diagnose old phones.
    const reason = "code" in error ? error.code : error.message;
    log().debug({ reason, address: remoteAddress }, "a TLS handshake failed");
  });
  return server;
}

/** RFC 9110, section 15.5. By Node's error code; the statuses are those of Node's own answers. */
const BROKEN_REQUEST_ANSWERS: ReadonlyMap<unknown, string> = new Map([
  ["ERR_HTTP_REQUEST_TIMEOUT", "408 Request Timeout"],
  ["HPE_HEADER_OVERFLOW", "431 Request Header Fields Too Large"],
  ["HPE_CHUNK_EXTENSIONS_OVERFLOW", "413 Payload Too Large"],
]);

/** The same as Node's default handling, except for requests that are allowed to take longer. */
function answerBrokenRequest(error: Error, socket: Duplex): void {
  const code = "code" in error ? error.code : undefined;
  if (code === "ERR_HTTP_REQUEST_TIMEOUT" && hasExtendedTimeout(socket)) {
    return;
  }
  // A response that has started must not get other bytes.
  const answer: unknown = Reflect.get(socket, "_httpMessage");
  if (socket.writable && !(answer instanceof ServerResponse && answer.headersSent)) {
    const status = BROKEN_REQUEST_ANSWERS.get(code) ?? "400 Bad Request";
    socket.write(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
  }
  socket.destroy();
}

/** Answers any request with 503; the sender has a moment to read the response. */
function respondCrowded(socket: Socket): void {
  socket.on("error", () => undefined);
  socket.end(
    `HTTP/1.1 503 Service Unavailable\r\nRetry-After: ${CROWDED_RETRY_AFTER_SECONDS}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
  );
  setTimeout(() => socket.destroy(), CROWDED_LINGER_MS).unref();
}

/**
 * Returns a function that destroys every open connection. Node's `closeAllConnections` leaves out TLS handshakes and
 * upgraded connections (the reloading of `npm run dev`), and `close` waits for these.
 */
function trackConnections(server: Server | TlsServer): () => void {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  return () => {
    sockets.forEach((socket) => socket.destroy());
  };
}

function respondUnavailable({ url }: IncomingMessage, response: ServerResponse): void {
  const reason = new AppError("unavailable", "The server is starting or stopping.", {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
  respondProblem(response, reason, url);
}

async function bind(
  server: Server | TlsServer,
  { port, host, setting, socket }: ListenerOptions,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => {
      reject(new AppError("conflict", explain(error, { port, host, setting }), { cause: error }));
    });
    if (socket === undefined) {
      server.listen({ port, host, backlog: BACKLOG }, resolve);
    } else {
      server.listen(socket, BACKLOG, resolve);
    }
  });
}

/**
 * The bare socket. The server itself cannot be passed on: a process that receives a `net.Server` accepts connections
 * from it, and the supervisor must not.
 */
function socketOf(server: Server | TlsServer): SendHandle {
  const socket: unknown = Reflect.get(server, "_handle");
  if (!isSocket(socket)) {
    throw new Error("the server does not listen");
  }
  return socket;
}

function isSocket(value: unknown): value is SendHandle {
  return typeof value === "object" && value !== null && "getsockname" in value;
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
  // Connections that wait in the socket's queue are accepted before this turn of the event loop ends.
  await nextTurn();
  await new Promise<void>((resolve) => {
    const timer = setTimeout(cutOff, drainMs);
    // Not yet the `close` of HTTP: it ends idle connections, among them those whose first request is on its way.
    const idle = setTimeout(() => server.close(), Math.min(GRACE_MS, drainMs));
    NetServer.prototype.close.call(server, () => {
      clearTimeout(timer);
      clearTimeout(idle);
      server.close();
      resolve();
    });
  });
}
