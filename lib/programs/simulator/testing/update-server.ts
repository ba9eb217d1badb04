import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { once } from "node:events";
import { readText } from "#programs/simulator/http";

/** A server whose answers each test defines; it records its requests. */
type UpdateServer = AsyncDisposable & {
  readonly url: URL;
  readonly requests: readonly ServedRequest[];
};

type ServedRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
};

export type Answer = (request: ServedRequest, response: ServerResponse, baseUrl: string) => void;

export async function anUpdateServer(answer: Answer): Promise<UpdateServer> {
  const requests: ServedRequest[] = [];
  const server = createServer((incoming, response) => {
    void readText(incoming, 1_000_000).then((body) => {
      const { method = "", url: path = "", headers } = incoming;
      const request = { method, path, headers, body: body ?? "" };
      requests.push(request);
      answer(request, response, url.origin);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const url = new URL(`http://127.0.0.1:${port}/`);
  return {
    url,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

/** Serves content with an ETag; continues a partial download if the content has not changed. */
export function sendContent(
  { headers }: ServedRequest,
  response: ServerResponse,
  { content, etag }: { readonly content: Buffer; readonly etag: string },
): void {
  const match = /^bytes=(\d+)-$/.exec(headers.range ?? "");
  const start = match !== null && headers["if-range"] === etag ? Number(match[1]) : 0;
  const range = { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` };
  response.writeHead(start > 0 ? 206 : 200, {
    etag,
    "content-length": content.length - start,
    ...(start > 0 ? range : {}),
  });
  response.end(content.subarray(start));
}
