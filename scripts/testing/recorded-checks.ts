import pg from "pg";
import { urlOfRunningEmbedded } from "#foundation/platform/db/embedded-paths";

/** The device key of the phone that `startChecks` simulates. */
const FLOW_DEVICE_KEY = "mac:0004f2000001";

/** The number of recorded checks of the phone of `startChecks`, in the database at this address. */
export async function countRecordedChecks(databaseUrl: string): Promise<number> {
  const [row] = await queryDatabase<{ count: number }>(
    databaseUrl,
    `select count(*)::int from "DeviceCheck" where "deviceKey" = '${FLOW_DEVICE_KEY}'`,
  );
  return row?.count ?? 0;
}

export async function queryDatabase<T extends pg.QueryResultRow>(
  databaseUrl: string,
  sql: string,
): Promise<readonly T[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The address of the built-in PostgreSQL of a running server. */
export function embeddedUrlOf(dataDirectory: string): string {
  return urlOfRunningEmbedded(dataDirectory) ?? "";
}
