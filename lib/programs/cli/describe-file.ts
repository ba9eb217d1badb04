import { readFile } from "node:fs/promises";
import { z } from "zod";
import { givenDetailsList } from "#formats/cab/description/given-details";
import { typedPath } from "#programs/cli/typed-path";
import { AppError } from "#foundation/core/errors";
import type { ImportAnswers } from "#firmware/imports/model";

const describeFile = z.union([
  givenDetailsList.transform((details) => ({ details, leftOut: [] })),
  z.strictObject({ details: givenDetailsList, leftOut: z.array(z.string()).default([]) }),
]);

export type DescribeFile = Pick<ImportAnswers, "details" | "leftOut">;

/** Reads the file of `--describe`: a list of details, or an object that also lists the files that are left out. */
export async function readDescribeFile(path: string): Promise<DescribeFile> {
  return parseDescribeFile(path, await readText(path));
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(typedPath(path), "utf8");
  } catch (error) {
    throw new AppError("invalid_input", `${path} cannot be read.`, { cause: error });
  }
}

/** `name` is the name of the file in messages. */
export function parseDescribeFile(name: string, text: string): DescribeFile {
  const result = describeFile.safeParse(parseJson(name, text));
  if (!result.success) {
    const [place, message] = firstProblem(result.error);
    throw new AppError("invalid_input", `${name}, ${place}: ${message}`, { cause: result.error });
  }
  return result.data;
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("invalid_input", `${name} is not JSON.`, { cause: error });
  }
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
