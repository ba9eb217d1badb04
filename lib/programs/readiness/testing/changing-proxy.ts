import http from "node:http";
import type { IncomingMessage, RequestListener } from "node:http";

export type PassingAnswer = {
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
};

export type Change = (answer: PassingAnswer) => Partial<PassingAnswer>;

/** A proxy between phones and the service that changes answers, as faulty proxies do. */
export function changingProxy(port: number, change: () => Change): RequestListener {
  return (incoming, outgoing) => {
    const { method, url = "/", headers } = incoming;
    const forwarded = http.request(
      { host: "127.0.0.1", port, path: url, method, headers, agent: false },
      (answer) => {
        void readAll(answer).then((body) => {
          const passing = {
            path: url,
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body,
          };
          const changed = { ...passing, ...change()(passing) };
          outgoing.statusCode = changed.status;
          for (const [name, value] of Object.entries(changed.headers)) {
            if (value !== undefined && name !== "content-length" && name !== "connection") {
              outgoing.setHeader(name, value);
            }
          }
          outgoing.end(changed.body);
        });
      },
    );
    incoming.pipe(forwarded);
  };
}

async function readAll(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    if (Buffer.isBuffer(chunk)) {
      chunks.push(chunk);
    }
  }
  return Buffer.concat(chunks);
}
