import "server-only";
import { parseFilePath } from "#phones/check/file-path";
import type { OfferedFile } from "#phones/check/rule-table";
import { currentRuleTable } from "#phones/check/server/rule-table-loader";

/** The file that a requested path names, if some rule offers it at this moment; its digest is the one the rule names. */
export function findOfferedFile(encodedPath: string): OfferedFile | null {
  const key = parseFilePath(encodedPath);
  return key === null ? null : (currentRuleTable().files.get(key) ?? null);
}
