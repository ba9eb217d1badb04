import { Agent, request as httpRequest } from "node:http";
import { Agent as SecureAgent, request as httpsRequest } from "node:https";
import type { RawRequest, RawTarget } from "#phones/device-api/testing/device-server";

export type KeptAnswer = {
  readonly status: number;
  /** Every `WWW-Authenticate` line, unchanged. */
  readonly challenges: readonly string[];
  readonly body: string;
};

export type KeepAliveConnection = {
  readonly send: (request: RawRequest) => Promise<KeptAnswer>;
  /** The number of connections that were opened. */
  readonly connections: () => number;
  readonly close: () => void;
};

/** Sends requests one after the other over one connection, as NTLM requires. */
export function keepAliveConnection(
  port: number,
  { ca, localAddress }: Omit<RawTarget, "port"> = {},
): KeepAliveConnection {
  const one = { keepAlive: true, maxSockets: 1 };
  const agent =
    ca === undefined ? new Agent(one) : new SecureAgent({ ...one, ca, servername: "localhost" });
  const send = ca === undefined ? httpRequest : httpsRequest;
  const from = localAddress === undefined ? {} : { localAddress };
  const sockets = new Set<unknown>();
  return {
    send: ({ method = "GET", path, headers = {}, body }) =>
      new Promise((resolve, reject) => {
        const target = { host: "127.0.0.1", port, ...from };
        const outgoing = send({ ...target, method, path, headers, agent });
        outgoing.on("socket", (socket) => sockets.add(socket));
        outgoing.on("error", reject);
        outgoing.on("response", (incoming) => {
          let text = "";
          incoming.setEncoding("utf8");
          incoming.on("data", (chunk: string) => {
            text += chunk;
          });
          incoming.on("end", () => {
            const challenges = challengesIn(incoming.rawHeaders);
            resolve({ status: incoming.statusCode ?? 0, challenges, body: text });
          });
        });
        outgoing.end(body);
      }),
    connections: () => sockets.size,
    close: () => {
      agent.destroy();
    },
  };
}

function challengesIn(rawHeaders: readonly string[]): readonly string[] {
  return rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === "www-authenticate",
  );
}
