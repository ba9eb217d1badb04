import { z } from "zod";
import { givenDetailsList } from "#formats/cab/description/given-details";
import { readTextFile } from "#programs/cli/read-text-file";
import { AppError } from "#foundation/core/errors";
import type { ImportAnswers } from "#firmware/imports/model";
import { requireJson } from "#foundation/core/json";

const describeFile = z.union([
  givenDetailsList.transform((details) => ({ details, leftOut: [] })),
  z.strictObject({ details: givenDetailsList, leftOut: z.array(z.string()).default([]) }),
]);

export type DescribeFile = Pick<ImportAnswers, "details" | "leftOut">;

/** Reads the file of `--describe`: a list of details, or an object that also lists the files that are left out. */
export async function readDescribeFile(path: string): Promise<DescribeFile> {
  return parseDescribeFile(path, await readTextFile(path));
}

/** `name` is the name of the file in messages. */
export function parseDescribeFile(name: string, text: string): DescribeFile {
  const result = describeFile.safeParse(requireJson(text, `${name} is not JSON.`));
  if (!result.success) {
    const [place, message] = firstProblem(result.error);
    throw new AppError("invalid_input", `${name}, ${place}: ${message}`, { cause: result.error });
  }
  return result.data;
}

/** The problem with the deepest path. Of a union, that one belongs to the form that was intended. */
function firstProblem(error: z.ZodError): readonly [string, string] {
  const issues = error.issues.flatMap((issue) =>
    issue.code === "invalid_union" && issue.errors.length > 0 ? issue.errors.flat() : [issue],
  );
  const deepest = issues.toSorted((left, right) => right.path.length - left.path.length)[0];
  const place = deepest?.path.join(".") ?? "";
  return [
    place === "" ? "as a whole" : place,
    deepest?.message ?? "not in the format that docs/cli.md describes",
  ];
}
