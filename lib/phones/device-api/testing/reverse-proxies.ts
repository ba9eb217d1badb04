import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { requireProgram } from "#foundation/platform/testing/debian-packages";
import { freePort } from "#foundation/platform/testing/loopback";
import type { TestAuthority } from "#foundation/platform/testing/test-authority";

const NGINX = "/usr/sbin/nginx";
const HAPROXY = "/usr/sbin/haproxy";
const MAX_TRIES = 200;
const BETWEEN_TRIES_MS = 25;

export type ReverseProxy = {
  readonly port: number;
  readonly stop: () => Promise<void>;
};

export type ProxyOptions = {
  /** Empty at the start; removed with the test. */
  readonly directory: string;
  readonly authority: TestAuthority;
  /** The port of the listener behind the proxy. */
  readonly backendPort: number;
};

/** Debian's nginx with the configuration that the documentation shows. */
export async function startNginx(options: ProxyOptions): Promise<ReverseProxy> {
  const { directory, authority, backendPort } = options;
  await requireProgram(NGINX, ["nginx-light"]);
  const port = await freePort();
  const example = await fillIn("nginx.conf", [
    ["server 127.0.0.1:3001;", `server 127.0.0.1:${backendPort};`],
    ["listen 443 ssl;", `listen 127.0.0.1:${port} ssl;`],
    ["server_name web.contoso.com;", "server_name localhost;"],
    ["/etc/ssl/certs/web.contoso.com.pem", authority.certificateFile],
    ["/etc/ssl/private/web.contoso.com.key", authority.keyFile],
  ]);
  const included = join(directory, "conf.d.conf");
  await writeFile(included, example);
  const file = join(directory, "nginx.conf");
  // The settings of Debian's nginx.conf, with every path below the directory of the test.
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${join(directory, name)};`,
  );
  await writeFile(
    file,
    `user root; daemon off; pid ${join(directory, "pid")}; events {}
     http { access_log off; ${paths.join(" ")} include ${included}; }`,
  );
  return start(NGINX, ["-c", file, "-e", join(directory, "error.log")], port);
}

/** Debian's HAProxy with the configuration that the documentation shows. */
export async function startHaproxy(options: ProxyOptions): Promise<ReverseProxy> {
  const { directory, authority, backendPort } = options;
  await requireProgram(HAPROXY, ["haproxy"]);
  const port = await freePort();
  const certificate = join(directory, "web.pem");
  const parts = [authority.certificateFile, authority.keyFile];
  await writeFile(certificate, await Promise.all(parts.map((part) => readFile(part))));
  const example = await fillIn("haproxy.cfg", [
    ["bind :443 ", `bind 127.0.0.1:${port} `],
    ["/etc/haproxy/certs/web.contoso.com.pem", certificate],
    ["server ucupdates 127.0.0.1:3001", `server ucupdates 127.0.0.1:${backendPort}`],
  ]);
  const file = join(directory, "haproxy.cfg");
  await writeFile(file, example);
  return start(HAPROXY, ["-db", "-f", file], port);
}

/** Reads an example from the documentation and fills in the placeholders, each of which must occur once. */
async function fillIn(
  name: string,
  placeholders: readonly (readonly [string, string])[],
): Promise<string> {
  const path = fileURLToPath(new URL(`../../../../docs/examples/${name}`, import.meta.url));
  let example = await readFile(path, "utf8");
  for (const [placeholder, value] of placeholders) {
    if (example.split(placeholder).length !== 2) {
      throw new Error(`${name} has to hold ${placeholder} once.`);
    }
    example = example.replace(placeholder, value);
  }
  return example;
}

async function start(
  program: string,
  options: readonly string[],
  port: number,
): Promise<ReverseProxy> {
  const child = spawn(program, options, { stdio: ["ignore", "ignore", "pipe"] });
  const ended = Promise.all([once(child, "exit"), text(child.stderr)]);
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await ended;
  };
  for (let tries = 0; tries < MAX_TRIES && child.exitCode === null; tries += 1) {
    if (await isListening(port)) {
      return { port, stop };
    }
    await delay(BETWEEN_TRIES_MS);
  }
  await stop();
  const [, complaint] = await ended;
  throw new Error(`${program} does not listen: ${complaint}`);
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect({ host: "127.0.0.1", port });
  const [isOpen] = await Promise.race([
    once(socket, "connect").then(() => [true]),
    once(socket, "close").then(() => [false]),
  ]).catch(() => [false]);
  socket.destroy();
  return isOpen ?? false;
}
