import type pg from "pg";
import { errorCode } from "#foundation/core/error-code";

/** SQLSTATE `undefined_table`, PostgreSQL manual, appendix A. */
const UNDEFINED_TABLE = "42P01";

/** The rows of a table that the first migration creates; none before that migration has run. */
export async function selectIfTableExists<Row extends pg.QueryResultRow>(
  client: pg.Client,
  sql: string,
): Promise<readonly Row[]> {
  try {
    return (await client.query<Row>(sql)).rows;
  } catch (error) {
    if (errorCode(error) === UNDEFINED_TABLE) {
      return [];
    }
    throw error;
  }
}
