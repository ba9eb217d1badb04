import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { DATA_DIRECTORY } from "./server.ts";

/** Makes the stored logs of a phone older, instead of waiting for days. */
export async function ageLogsOf(macAddress: string, days: number): Promise<void> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port: Number(await readLine("port")),
    user: "ucupdates",
    password: await readLine("password"),
    database: "ucupdates",
  });
  await client.connect();
  try {
    await client.query(
      `UPDATE "DeviceLog" SET "at" = "at" - make_interval(days => $2) WHERE "macAddress" = $1`,
      [macAddress, days],
    );
  } finally {
    await client.end();
  }
}

/** Reads how to connect to the server's embedded database. */
async function readLine(name: "port" | "password"): Promise<string> {
  const text = await readFile(join(DATA_DIRECTORY, "postgres", name), "utf8");
  return text.split("\n")[0] ?? "";
}
