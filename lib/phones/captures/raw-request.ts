import type { Capture } from "#phones/captures/model";

/** Rebuilds a captured request as it was sent, except for the removed secrets. */
export function toRawRequest({ method, target, headers, body }: Capture): Uint8Array {
  const lines = [
    `${method} ${target} HTTP/1.1`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  const head = new TextEncoder().encode(`${lines.join("\r\n")}\r\n\r\n`);
  const request = new Uint8Array(head.length + body.length);
  request.set(head);
  request.set(body, head.length);
  return request;
}

/** A file name that is valid on all systems. */
export function rawRequestFileName({ at, method }: Pick<Capture, "at" | "method">): string {
  const instant = at.toISOString().replaceAll(/[-:]|\.\d+/g, "");
  return `capture-${instant}-${method.toLowerCase().replaceAll(/[^a-z]/g, "")}.http`;
}
