import "server-only";
import { parseFilePath } from "#phones/check/file-path";
import type { OfferedFile } from "#phones/check/rule-table";
import { currentRuleTable } from "#phones/check/server/rule-table-loader";

/** Finds the file of a requested path; null if no rule holds it now. The digest is the one that the rule holds. */
export function findOfferedFile(encodedPath: string): OfferedFile | null {
  const key = parseFilePath(encodedPath);
  return key === null ? null : (currentRuleTable().files.get(key) ?? null);
}
