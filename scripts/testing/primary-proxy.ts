import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, vi } from "vitest";
import { requireProgram } from "#foundation/platform/testing/debian-packages";
import { freePort } from "#foundation/platform/testing/loopback";

/** HAProxy before a PostgreSQL pair: it passes connections on to the server that is not in recovery. */
export type PrimaryProxy = {
  readonly port: number;
  /** The ports of the servers that its health checks find to be the primary. */
  readonly primaries: () => Promise<readonly number[]>;
  readonly stop: () => Promise<void>;
};

const HAPROXY = "/usr/sbin/haproxy";
const WAIT = { timeout: 20_000, interval: 20 };

/** Starts Debian's HAProxy. Returns when it has found the one primary among the servers. */
export async function startPrimaryProxy(
  user: string,
  ports: readonly number[],
): Promise<PrimaryProxy> {
  await requireProgram(HAPROXY, ["haproxy"]);
  const directory = await mkdtemp(join(tmpdir(), "ucupdates-haproxy-"));
  const port = await freePort();
  const statisticsPort = await freePort();
  const file = join(directory, "haproxy.cfg");
  await writeFile(file, configuration({ user, ports, port, statisticsPort }));
  const child = spawn(HAPROXY, ["-db", "-f", file], { stdio: ["ignore", "ignore", "pipe"] });
  const ended = Promise.all([once(child, "exit"), text(child.stderr)]);
  const inState = async (state: "UP" | "DOWN"): Promise<readonly number[]> => {
    const response = await fetch(`http://127.0.0.1:${statisticsPort}/;csv`);
    const rows = (await response.text()).split("\n").map((line) => line.split(","));
    return ports.filter((one) =>
      rows.some(([, server, ...values]) => server === `at${one}` && values.includes(state)),
    );
  };
  const primaries = () => inState("UP");
  const stop = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await vi.waitFor(async () => {
      // A server counts as up until its first check.
      expect(await inState("DOWN")).toHaveLength(ports.length - 1);
      expect(await primaries()).toHaveLength(1);
    }, WAIT);
  } catch (error) {
    await stop();
    const [, complaint] = await ended;
    throw new Error(`HAProxy found no primary: ${complaint}`, { cause: error });
  }
  return { port, primaries, stop };
}

type Addresses = {
  readonly user: string;
  readonly ports: readonly number[];
  readonly port: number;
  readonly statisticsPort: number;
};

/**
 * The health check signs in and asks the server itself; "option pgsql-check" would find a standby as good as the primary.
 * A server that is no longer the primary loses its sessions, so that every client notices.
 */
function configuration({ user, ports, port, statisticsPort }: Addresses): string {
  const servers = ports.map((one) => `server at${one} 127.0.0.1:${one} check`);
  return `global
  maxconn 500
defaults
  timeout connect 1s
  timeout client 1h
  timeout server 1h
listen postgresql
  mode tcp
  bind 127.0.0.1:${port}
  timeout check 2s
  option tcp-check
  tcp-check connect
  tcp-check send-binary ${startupMessage(user)}
  tcp-check expect binary ${READY_FOR_QUERY}
  tcp-check send-binary ${queryMessage("select pg_is_in_recovery()")}
  tcp-check expect binary ${ROW_WITH_FALSE}
  default-server inter 250ms fall 2 rise 1 on-marked-down shutdown-sessions
  ${servers.join("\n  ")}
frontend statistics
  mode http
  bind 127.0.0.1:${statisticsPort}
  stats enable
  stats uri /
`;
}

// Messages of PostgreSQL's protocol (manual, "Message Formats"), in hexadecimal digits.

/** `Z`, the length 4 + 1, and `I`: idle. */
const READY_FOR_QUERY = "5a0000000549";
/** `D`, the length 4 + 2 + 4 + 1, one column of one byte, and `f`. */
const ROW_WITH_FALSE = "440000000b00010000000166";
/** Version 3.0 */
const PROTOCOL = Buffer.from([0, 3, 0, 0]);

function startupMessage(user: string): string {
  const parameters = Buffer.from(`user\0${user}\0database\0postgres\0\0`);
  return withLength(Buffer.concat([PROTOCOL, parameters])).toString("hex");
}

function queryMessage(sql: string): string {
  return `51${withLength(Buffer.from(`${sql}\0`)).toString("hex")}`;
}

/** The length counts itself. */
function withLength(content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(content.length + length.length);
  return Buffer.concat([length, content]);
}
