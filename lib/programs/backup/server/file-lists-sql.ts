import "server-only";
import { statesIn } from "#firmware/imports/transitions";
import type { FileFolder } from "#programs/backup/model";

const UNFINISHED = [...statesIn("running"), ...statesIn("waiting")]
  .map((state) => `'${state}'`)
  .join(", ");

/** For each folder of a backup, the names of the files that rows refer to. */
export const FILE_NAMES_SQL = {
  logs: `select "logType" || '/' || "fileName" as name from "DeviceLog" order by 1`,
  uploads: `select "upload" as name from "ImportJob" where "state" in (${UNFINISHED}) order by 1`,
  files: `select "sha256" as name from "Blob" order by 1`,
} as const satisfies Record<FileFolder, string>;
