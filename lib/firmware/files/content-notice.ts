import type { ContentProblem } from "#firmware/files/model";
import { MAX_NAMED } from "#foundation/notices/schema";
import type { NoticeContent } from "#foundation/notices/schema";

type Fault = { readonly sha256: string; readonly problem: ContentProblem | null };
type Named = {
  readonly sha256: string;
  readonly fileName: string;
  readonly version: string;
  readonly image: string;
};

/** What people are told about content that cannot be served; null if no release has a file with such content. */
export function contentProblemNotice(
  faults: readonly Fault[],
  named: readonly Named[],
): NoticeContent | null {
  const files = faults.flatMap(({ sha256, problem }) => {
    const file = named.find((candidate) => candidate.sha256 === sha256);
    return file === undefined || problem === null ? [] : [{ ...file, problem }];
  });
  return files.length === 0
    ? null
    : {
        kind: "content_problem",
        facts: { count: files.length, files: files.slice(0, MAX_NAMED) },
      };
}
