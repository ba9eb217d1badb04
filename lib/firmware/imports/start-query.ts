import { AppError } from "#foundation/core/errors";
import { fieldErrors } from "#foundation/core/parse-input";
import type { StartInput } from "#firmware/imports/schema";
import { startInput } from "#firmware/imports/schema";

const NAMES: readonly string[] = ["fileName", "pool", "allPools", "notes", "mismatchReason"];

/**
 * Parses the query of `POST /api/imports`; the body is the package itself. Throws `invalid_input` with the fields in
 * error, also for an unknown parameter, so that a misspelt `pool` does not become another choice.
 */
export function toStartInput(query: URLSearchParams): StartInput {
  const unknown = [...query.keys()].find((name) => !NAMES.includes(name));
  if (unknown !== undefined) {
    throw refused([{ path: `query.${unknown}`, message: "There is no such parameter." }]);
  }
  const repeated = NAMES.find((name) => name !== "pool" && query.getAll(name).length > 1);
  if (repeated !== undefined) {
    throw refused([{ path: `query.${repeated}`, message: "Given more than once." }]);
  }
  if (!["true", "false", null].includes(query.get("allPools"))) {
    throw refused([{ path: "query.allPools", message: "Either true or false." }]);
  }
  const fqdns = query.getAll("pool");
  const isAll = query.get("allPools") === "true";
  if (isAll === fqdns.length > 0) {
    const message = "Name one pool or several, or send allPools=true.";
    throw refused([{ path: "query.pool", message }]);
  }
  const parsed = startInput.safeParse({
    fileName: query.get("fileName") ?? "",
    pools: isAll ? { all: true } : { fqdns },
    notes: query.get("notes") ?? "",
    mismatchReason: query.get("mismatchReason"),
  });
  if (!parsed.success) {
    throw refused(
      fieldErrors(parsed.error, "query").map(({ path, message }) => ({
        path: path.replace(/^query\.pools(?:\..*)?$/, "query.pool"),
        message,
      })),
    );
  }
  return parsed.data;
}

function refused(fields: AppError["fields"]): AppError {
  return new AppError("invalid_input", "The request does not match the expected shape.", {
    fields,
  });
}
