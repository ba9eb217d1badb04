import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { listenOnLoopback } from "#foundation/platform/testing/loopback";

export type ReceivedRequest = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type TestReceiver = {
  readonly url: string;
  readonly received: readonly ReceivedRequest[];
  /** The status of the next answers; null: no answer. */
  readonly behaviour: { status: number | null };
  readonly stop: () => Promise<void>;
};

/** Starts an HTTP server that receives webhooks. */
export async function startReceiver(): Promise<TestReceiver> {
  const received: ReceivedRequest[] = [];
  const behaviour: TestReceiver["behaviour"] = { status: 204 };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]);
      received.push({ headers: Object.fromEntries<string>(headers), body });
      if (behaviour.status !== null) {
        const location = behaviour.status === 302 ? { location: "/elsewhere" } : {};
        response.writeHead(behaviour.status, location).end();
      }
    });
  });
  const port = await listenOnLoopback(server);
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    behaviour,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}
