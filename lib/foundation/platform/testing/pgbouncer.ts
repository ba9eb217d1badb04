import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { requireProgram } from "#foundation/platform/testing/debian-packages";
import { freePort } from "#foundation/platform/testing/loopback";

export type PgBouncer = { readonly url: string; readonly stop: () => Promise<void> };

const PROGRAM = "/usr/sbin/pgbouncer";

/** Starts a real PgBouncer in transaction mode before a database, from Debian's package. */
export async function startPgBouncer(databaseUrl: string): Promise<PgBouncer> {
  await requireProgram(PROGRAM, ["pgbouncer"]);
  const directory = await mkdtemp(join(tmpdir(), "ucupdates-pgbouncer-"));
  await chmod(directory, 0o755);
  const url = new URL(databaseUrl);
  const port = await freePort();
  const name = url.pathname.slice(1);
  const configuration = join(directory, "pgbouncer.ini");
  await writeFile(
    configuration,
    `[databases]
${name} = host=${url.hostname} port=${url.port} dbname=${name} user=${url.username} password=${decodeURIComponent(url.password)}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
max_client_conn = 500
default_pool_size = 10
`,
    { mode: 0o644 },
  );
  // It refuses to run as root.
  const account = process.getuid?.() === 0 ? ["-u", "nobody"] : [];
  const child = spawn(PROGRAM, ["-q", ...account, configuration], { stdio: "ignore" });
  const ended = once(child, "exit");
  const stop = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
    await rm(directory, { recursive: true, force: true });
  };
  while (!(await accepts(port))) {
    if (child.exitCode !== null) {
      await stop();
      throw new Error("PgBouncer did not start.");
    }
    await delay(20);
  }
  url.hostname = "127.0.0.1";
  url.port = String(port);
  return { url: url.href, stop };
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
