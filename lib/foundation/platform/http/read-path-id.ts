import { z } from "zod";
import { AppError } from "#foundation/core/errors";

type IdParams = Promise<{ readonly id: string }>;

/** Reads the UUID in the path of a request. Throws `not_found` with this message for what is no UUID. */
export async function readPathId(params: IdParams, notFound: string): Promise<string> {
  const { id } = await params;
  if (!z.uuid().safeParse(id).success) {
    throw new AppError("not_found", notFound);
  }
  return id;
}
