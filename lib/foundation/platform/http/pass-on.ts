import "server-only";
import { request as requestOver } from "node:http";
import type { ClientRequest, IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { connect } from "node:net";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";
import { pipeline } from "node:stream/promises";
import { ownConnections } from "#foundation/platform/http/own-connections";
import { respondPanelAway } from "#foundation/platform/http/panel-away";
import { isRefusedMethod, refuseMethod } from "#foundation/platform/http/refuse-method";
import { log } from "#foundation/platform/log";

/** RFC 9110, section 7.6.1. `Expect` is answered by the listener that received the request. */
const HOP_HEADERS: ReadonlySet<string> = new Set([
  "connection",
  "expect",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);
/** Set only by our own listeners. A client that sends them could forge its address. */
const OWN_HEADERS = "x-ucupdates-";
/** How long a sender has to read the answer to a body that was not read, before its connection is closed. */
const LINGER_MS = 1_000;

export type PassOnOptions = {
  /** The Unix socket or named pipe of the process that answers. */
  readonly socketPath: string;
  /** Headers about the connection, which replace those that the client sent. */
  readonly describe: (request: IncomingMessage) => Readonly<Record<string, string>>;
  /** Called for 102 (Processing): the receiver knows the sender and wants to wait for the whole body. */
  readonly onProcessing: (request: IncomingMessage) => void;
};

/**
 * Passes requests on to another process of this server, streamed in both directions, and its responses back. Each request
 * has its own connection, so that one that broke while idle never costs a request. Answers 503 with a plain sentence while
 * the other process does not listen.
 */
export function passOn(options: PassOnOptions): RequestListener {
  return (incoming, outgoing) => {
    const onward = requestOver({
      socketPath: options.socketPath,
      method: incoming.method ?? "GET",
      path: incoming.url ?? "/",
      headers: toOnwardHeaders(incoming, options.describe(incoming)),
      agent: ownConnections,
    });
    onward.on("information", ({ statusCode }) => {
      if (statusCode === 102) {
        options.onProcessing(incoming);
      }
    });
    onward.once("response", (answer) => {
      if (isRefusedMethod(answer)) {
        answer.resume();
        void refuseMethod(incoming, outgoing, options.socketPath);
        endUnread(incoming);
      } else {
        passBack(answer, incoming, outgoing);
      }
    });
    onward.on("error", (error) => {
      // After the head of the response, its own stream reports the failure.
      if (!outgoing.headersSent && !outgoing.destroyed) {
        log().debug({ err: error }, "the panel does not answer");
        respondPanelAway(incoming, outgoing);
        incoming.resume();
        endUnread(incoming);
      }
    });
    // Also when the client disconnects, so that the other process stops working for it.
    outgoing.once("close", () => onward.destroy());
    sendBody(incoming, onward);
  };
}

/** Not `pipeline`: an answer may arrive before the body has, and the receiver may then close its side. */
function sendBody(incoming: IncomingMessage, onward: ClientRequest): void {
  incoming.once("error", () => onward.destroy());
  // The receiver decides by the head alone, and the body of a slow sender may take long.
  onward.flushHeaders();
  incoming.pipe(onward);
}

function passBack(
  answer: IncomingMessage,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void {
  const { statusCode = 502, statusMessage = "", rawHeaders } = answer;
  outgoing.writeHead(statusCode, statusMessage, [
    ...withoutHopHeaders(rawHeaders, answer),
    ...(incoming.complete ? [] : ["connection", "close"]),
  ]);
  if (answer.headers["content-length"] === undefined) {
    // An event stream may have no data for a long time, and its receiver waits for the head.
    outgoing.flushHeaders();
  }
  pipeline(answer, outgoing, { end: false }).then(
    () => {
      end(incoming, outgoing);
    },
    () => {
      breakOff(outgoing, answer);
    },
  );
}

/**
 * The length is already sent, or the end is not: only a destroyed connection reports the failure. In HTTP/1.0, which proxies
 * use, a body without a length ends when the connection is closed, so there only a reset reports it. TLS has an end of its own.
 */
function breakOff(outgoing: ServerResponse, { headers }: IncomingMessage): void {
  const { socket, chunkedEncoding } = outgoing;
  if (
    !chunkedEncoding &&
    headers["content-length"] === undefined &&
    !(socket instanceof TLSSocket)
  ) {
    socket?.resetAndDestroy();
  }
  outgoing.destroy();
}

/** The end closes the connection of a body that is still being sent: its sender first has time to read the answer. */
function end(incoming: IncomingMessage, outgoing: ServerResponse): void {
  if (incoming.complete) {
    outgoing.end();
    return;
  }
  const timer = setTimeout(() => outgoing.end(), LINGER_MS).unref();
  outgoing.once("close", () => {
    clearTimeout(timer);
  });
}

/** Closes the connection of a body that is still being sent a while after the answer to it. */
function endUnread(incoming: IncomingMessage): void {
  if (!incoming.complete) {
    setTimeout(() => {
      if (!incoming.complete) {
        incoming.socket.destroy();
      }
    }, LINGER_MS).unref();
  }
}

function toOnwardHeaders(
  incoming: IncomingMessage,
  own: Readonly<Record<string, string>>,
): readonly string[] {
  const kept = withoutHopHeaders(incoming.rawHeaders, incoming, (name) => {
    return name.startsWith(OWN_HEADERS) || name in own;
  });
  const isChunked = incoming.headers["transfer-encoding"] !== undefined;
  return [
    ...kept,
    ...(isChunked ? ["transfer-encoding", "chunked"] : []),
    ...Object.entries(own).flat(),
  ];
}

/** The headers as they were sent, with repetitions and in their order. */
function withoutHopHeaders(
  rawHeaders: readonly string[],
  { headers }: Pick<IncomingMessage, "headers">,
  isLeftOut: (name: string) => boolean = () => false,
): string[] {
  const named = new Set(
    (headers.connection ?? "").split(",").map((name) => name.trim().toLowerCase()),
  );
  return rawHeaders.flatMap((header, index, all) => {
    const name = header.toLowerCase();
    const isKept =
      index % 2 === 0 && !HOP_HEADERS.has(name) && !named.has(name) && !isLeftOut(name);
    return isKept ? [header, all[index + 1] ?? ""] : [];
  });
}

/** Passes an upgraded connection on, as the reloading of `npm run dev` needs it. */
export function passUpgradesOn(
  socketPath: string,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  return ({ method, url, rawHeaders }, socket, head) => {
    const onward: Socket = connect(socketPath, () => {
      const lines = rawHeaders.flatMap((name, index, all) =>
        index % 2 === 0 ? [`${name}: ${all[index + 1] ?? ""}`] : [],
      );
      onward.write([`${method ?? "GET"} ${url ?? "/"} HTTP/1.1`, ...lines, "", ""].join("\r\n"));
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    onward.once("error", () => socket.destroy());
    socket.once("error", () => onward.destroy());
    socket.once("close", () => onward.destroy());
  };
}
