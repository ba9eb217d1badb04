import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { Resolver } from "node:dns/promises";
import { setTimeout as delay } from "node:timers/promises";
import { requireProgram } from "#lib/platform/testing/debian-packages";

const PROGRAM = "/usr/sbin/dnsmasq";
const MOST_ATTEMPTS = 200;

export type Dnsmasq = AsyncDisposable & {
  /** `127.0.0.1:port`. */
  readonly address: string;
};

/** A real name server on loopback that knows these records (in dnsmasq's own words) and nothing else. */
export async function startDnsmasq(records: readonly string[]): Promise<Dnsmasq> {
  await requireProgram(PROGRAM, ["dnsmasq-base"]);
  const port = await freeUdpPort();
  const server = spawn(
    PROGRAM,
    [
      "--keep-in-foreground",
      "--conf-file=/dev/null",
      "--pid-file",
      "--user=",
      "--no-resolv",
      "--no-hosts",
      "--listen-address=127.0.0.1",
      "--bind-interfaces",
      `--port=${port}`,
      "--local=/test/",
      "--host-record=alive.test,127.0.0.1",
      ...records.map((record) => `--${record}`),
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  let said = "";
  server.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString("utf8");
  });
  const address = `127.0.0.1:${port}`;
  await waitUntilAlive(address, () => said);
  return {
    address,
    [Symbol.asyncDispose]: async () => {
      if (server.exitCode === null) {
        server.kill("SIGTERM");
        await once(server, "exit");
      }
    },
  };
}

async function waitUntilAlive(address: string, said: () => string): Promise<void> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    // A new one each time: a resolver shuns a server that once did not answer.
    const resolver = new Resolver({ timeout: 200, tries: 1 });
    resolver.setServers([address]);
    const answer = await resolver.resolve4("alive.test").catch(() => null);
    if (answer !== null) {
      return;
    }
    await delay(25);
  }
  throw new Error(`dnsmasq does not answer: ${said()}`);
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  await once(socket, "close");
  return port;
}
