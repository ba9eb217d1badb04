import { once } from "node:events";
import { connect } from "node:net";

export type RawAnswer = {
  /** Null if the connection was closed without a response. */
  readonly status: number | null;
  readonly head: string;
  readonly body: string;
};

/** Sends raw bytes over a new connection, and reads until the server closes it. */
export async function sendBytes(port: number, bytes: string): Promise<RawAnswer> {
  const socket = connect({ port, host: "127.0.0.1" });
  let text = "";
  socket.setEncoding("latin1");
  socket.on("data", (chunk: string) => {
    text += chunk;
  });
  // A server that refuses a request may close the connection before everything was sent.
  socket.on("error", () => undefined);
  socket.write(bytes, "latin1");
  await once(socket, "close");
  const end = text.indexOf("\r\n\r\n");
  const head = end === -1 ? text : text.slice(0, end);
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1];
  return {
    status: status === undefined ? null : Number(status),
    head,
    body: end === -1 ? "" : text.slice(end + 4),
  };
}

export type RawHead = {
  readonly method?: string;
  readonly target: string;
  /** Lines of the head; `connection: close` is added. */
  readonly lines: readonly string[];
  readonly body?: string;
};

/** Sends an HTTP/1.1 request with exactly this head. */
export function sendHead(
  port: number,
  { method = "GET", target, lines, body = "" }: RawHead,
): Promise<RawAnswer> {
  const length = body === "" ? [] : [`content-length: ${Buffer.byteLength(body)}`];
  const head = [`${method} ${target} HTTP/1.1`, ...lines, ...length, "connection: close"];
  return sendBytes(port, `${head.join("\r\n")}\r\n\r\n${body}`);
}
