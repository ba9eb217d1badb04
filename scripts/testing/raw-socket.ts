import { once } from "node:events";
import { connect } from "node:net";

export type RawAnswer = {
  /** Null where the connection was closed without an answer. */
  readonly status: number | null;
  readonly head: string;
  readonly body: string;
};

/** Sends bytes as they stand over a connection of their own, and reads until the server closes it. */
export async function sendBytes(port: number, bytes: string): Promise<RawAnswer> {
  const socket = connect({ port, host: "127.0.0.1" });
  let text = "";
  socket.setEncoding("latin1");
  socket.on("data", (chunk: string) => {
    text += chunk;
  });
  // A server that refuses may close before everything was sent.
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

/** A request in HTTP/1.1 whose head is written exactly so. */
export function sendHead(
  port: number,
  { method = "GET", target, lines, body = "" }: RawHead,
): Promise<RawAnswer> {
  const length = body === "" ? [] : [`content-length: ${Buffer.byteLength(body)}`];
  const head = [`${method} ${target} HTTP/1.1`, ...lines, ...length, "connection: close"];
  return sendBytes(port, `${head.join("\r\n")}\r\n\r\n${body}`);
}
