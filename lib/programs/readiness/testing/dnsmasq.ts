import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { Resolver } from "node:dns/promises";
import { setTimeout as delay } from "node:timers/promises";
import { requireProgram } from "#foundation/platform/testing/debian-packages";

const PROGRAM = "/usr/sbin/dnsmasq";
const MAX_STARTS = 5;
const MAX_QUESTIONS = 20;

export type Dnsmasq = AsyncDisposable & {
  /** `127.0.0.1:port`. */
  readonly address: string;
};

/** Starts a real DNS server on loopback with only these records, written as dnsmasq options. */
export async function startDnsmasq(records: readonly string[]): Promise<Dnsmasq> {
  await requireProgram(PROGRAM, ["dnsmasq-base"]);
  for (let start = 1; start < MAX_STARTS; start += 1) {
    const server = await tryStart(records);
    if (server !== null) {
      return server;
    }
  }
  throw new Error("dnsmasq does not answer.");
}

/** Null when another process has taken the port. */
async function tryStart(records: readonly string[]): Promise<Dnsmasq | null> {
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
    { stdio: "ignore" },
  );
  const address = `127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    if (server.exitCode === null) {
      server.kill("SIGTERM");
      await once(server, "exit");
    }
  };
  if (await isAlive(address)) {
    return { address, [Symbol.asyncDispose]: stop };
  }
  await stop();
  return null;
}

async function isAlive(address: string): Promise<boolean> {
  for (let question = 0; question < MAX_QUESTIONS; question += 1) {
    // A new resolver for each try, because a resolver avoids a server that did not answer.
    const resolver = new Resolver({ timeout: 200, tries: 1 });
    resolver.setServers([address]);
    const answer = await resolver.resolve4("alive.test").catch(() => null);
    if (answer !== null) {
      return true;
    }
    await delay(25);
  }
  return false;
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
