import { startService } from "./support/service.ts";
import { writeFile } from "node:fs/promises";
import { once } from "node:events";
import process from "node:process";
const service = await startService(Number(process.argv[2] ?? 1024));
await writeFile(
  "/tmp/scratch.json",
  JSON.stringify({
    pid: service.server.pid,
    port: service.server.port,
    url: service.database.url,
    image: service.seeded.imagePath,
    staged: service.seeded.stagedImage,
  }),
);
console.log("ready", service.server.pid, service.server.port);
await Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
await service.close();
process.exit(0);
