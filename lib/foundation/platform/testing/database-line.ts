import process from "node:process";
import type { TcpLine } from "#foundation/platform/testing/tcp-line";
import { openTcpLine } from "#foundation/platform/testing/tcp-line";

/**
 * Puts a TCP proxy between this process and PostgreSQL, which a test can cut. Call it before the first connection,
 * because the address of the database is read once.
 */
export async function openDatabaseLine(): Promise<TcpLine> {
  const url = new URL(process.env.DATABASE_URL ?? "");
  const line = await openTcpLine({ host: url.hostname, port: Number(url.port) });
  url.hostname = "127.0.0.1";
  url.port = String(line.port);
  process.env.DATABASE_URL = url.href;
  return line;
}
