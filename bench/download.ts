/**
 * How fast 200 phones at the same time receive an image of 40 MB, compared with nginx for the same file from the same
 * disk. Run: npm run bench -- download
 */
import { execFile } from "node:child_process";
import { chmod, copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { FILES_ROOTS } from "#phones/check/answer";
import { requireProgram } from "#foundation/platform/testing/debian-packages";
import { median } from "./support/percentiles.ts";
import { startService } from "./support/service.ts";
import { runWrk } from "./support/wrk.ts";

const NGINX = "/usr/sbin/nginx";
const IMAGE_BYTES = 40_000_000;
const PHONES = 200;
const SECONDS = 6;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const TARGET = 0.8;

await requireProgram("/usr/bin/wrk", ["wrk"]);
await requireProgram(NGINX, ["nginx-light"]);
const service = await startService(IMAGE_BYTES);
const nginx = await startNginx(service.seeded.stagedImage);
try {
  const ours: number[] = [];
  const theirs: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const common = { seconds: SECONDS, connections: PHONES };
    const peer = await runWrk({ ...common, url: `http://127.0.0.1:${nginx.port}/image` });
    const path = `${FILES_ROOTS.internal}/${service.seeded.imagePath}`;
    const own = await runWrk({ ...common, url: `http://127.0.0.1:${service.server.port}${path}` });
    if (own.refused + peer.refused > 0) {
      throw new Error(`refused: ${own.refused} images by ucupdates, ${peer.refused} by nginx`);
    }
    ours.push(own.megabytesPerSecond);
    theirs.push(peer.megabytesPerSecond);
    ratios.push(own.megabytesPerSecond / peer.megabytesPerSecond);
  }
  const ratio = median(ratios);
  console.log(
    `40 MB to ${PHONES} phones at once: ${median(ours).toFixed(0)} MB/s, nginx ${median(theirs).toFixed(0)} MB/s, ` +
      `ratio ${ratio.toFixed(2)} (${ratios.map((each) => each.toFixed(2)).join(", ")}); ` +
      `target ${TARGET}: ${ratio >= TARGET ? "met" : "missed"}`,
  );
  console.log(`memory: ${await service.server.peakMegabytes()} MB at most`);
} finally {
  await nginx.stop();
  await service.close();
}

/** Debian's defaults: `sendfile`, and one worker for each processor. */
async function startNginx(image: string) {
  const directory = await mkdtemp(join(tmpdir(), "ucupdates-bench-nginx-"));
  const port = await freePort();
  const configuration = join(directory, "nginx.conf");
  await chmod(directory, 0o755);
  await copyFile(image, join(directory, "image"));
  await chmod(join(directory, "image"), 0o644);
  await writeFile(
    configuration,
    `worker_processes auto;
pid ${directory}/nginx.pid;
error_log ${directory}/error.log;
events { worker_connections 768; }
http {
  sendfile on;
  tcp_nopush on;
  access_log off;
  server { listen 127.0.0.1:${port}; root ${directory}; }
}
`,
  );
  await promisify(execFile)(NGINX, ["-c", configuration]);
  return {
    port,
    stop: async () => {
      await promisify(execFile)(NGINX, ["-c", configuration, "-s", "quit"]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
  });
}
