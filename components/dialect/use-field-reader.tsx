"use client";

import { useState } from "react";
import type { readFields as readFieldsFunction } from "#components/dialect/read-dialect-fields";

type ReadFields = typeof readFieldsFunction;

export type FieldReader = {
  /** Null until it is loaded. */
  readonly readFields: ReadFields | null;
  readonly status: "unused" | "loading" | "loaded" | "failed" | "retrying";
  /** Loads it, unless it is loaded. Null if that fails; it may be tried again. */
  readonly load: () => Promise<ReadFields | null>;
};

/** The function that validates the fields. Its schema is large, so it is loaded when it is needed. */
export function useFieldReader(): FieldReader {
  const [{ readFields, status }, setReader] = useState<Omit<FieldReader, "load">>({
    readFields: null,
    status: "unused",
  });

  async function load(): Promise<ReadFields | null> {
    if (readFields !== null) {
      return readFields;
    }
    setReader({ readFields, status: status === "failed" ? "retrying" : "loading" });
    try {
      const loaded = await import("#components/dialect/read-dialect-fields");
      setReader({ readFields: loaded.readFields, status: "loaded" });
      return loaded.readFields;
    } catch {
      // The network, or a file of a release that is no longer there. The form says so.
      setReader({ readFields, status: "failed" });
      return null;
    }
  }

  return { readFields, status, load };
}
