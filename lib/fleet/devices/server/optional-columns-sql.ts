import "server-only";

/** Parts of the statement that writes checks: optional columns, for which the newest check that has a value counts. */

const COLUMNS = ["serialNumber", "serialKey", "userName"] as const;

export const OPTIONAL_COLUMNS = forEachColumn((name) => `"${name}"`, ", ");

/** The newest value of each column, for phones of which only some checks in the batch have a value. */
export const OPTIONAL_VALUES = `
  SELECT jsonb_object_agg("deviceKey", "said") AS "columns" FROM (
    SELECT "deviceKey", jsonb_build_object(${forEachColumn(
      (name) =>
        `'${name}', (array_agg("${name}" ORDER BY "place" DESC) FILTER (WHERE "${name}" IS NOT NULL))[1]`,
      ", ",
    )}) AS "said"
    FROM "StagedCheck" WHERE "deviceKey" IN (
      SELECT "deviceKey" FROM several
      WHERE ${forEachColumn((name) => `"${name}" BETWEEN 1 AND "checks" - 1`, " OR ")}
    )
    GROUP BY "deviceKey"
  ) telling`;

export const NEWEST_OPTIONAL_VALUES = forEachColumn(
  (name) =>
    `coalesce("${name}", (SELECT "columns" FROM optional_values) -> "deviceKey" ->> '${name}')`,
  ", ",
);

export const NEXT_OPTIONAL_VALUES = forEachColumn(
  (name) => `"${name}" = coalesce(excluded."${name}", known."${name}")`,
  ", ",
);

function forEachColumn(toSql: (name: string) => string, separator: string): string {
  return COLUMNS.map(toSql).join(separator);
}
