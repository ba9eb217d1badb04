"use client";

import { useEffect, useRef, useState } from "react";
import { z } from "zod";
import type { ReadProblem } from "#foundation/core/read-problem";
import { readProblem } from "#foundation/core/read-problem";
import { parseJson } from "#foundation/core/json";

/** The state of an upload. `tooLarge` means that a proxy refused it; the service itself answers with a message. */
export type UploadStatus =
  | { readonly kind: "idle" }
  | { readonly kind: "uploading"; readonly ratio: number }
  | { readonly kind: "refused"; readonly problem: ReadProblem }
  | { readonly kind: "network" | "tooLarge" | "unexpected" };

export type UploadRequest = {
  readonly file: File;
  /** The names of pools, or all pools. */
  readonly pools: readonly string[] | "all";
  readonly notes: string;
};

const accepted = z.object({ id: z.string() });

type Upload = {
  readonly status: UploadStatus;
  /** Sends the package. Calls back with the import's id when the service has received all of it. */
  readonly start: (request: UploadRequest, onAccepted: (importId: string) => void) => void;
  readonly abort: () => void;
  readonly reset: () => void;
};

/** Uploads with XMLHttpRequest, because `fetch` has no upload progress. */
export function useUpload(): Upload {
  const [status, setStatus] = useState<UploadStatus>({ kind: "idle" });
  const running = useRef<XMLHttpRequest | null>(null);
  const isUploading = status.kind === "uploading";

  // Synchronises with the browser, which warns before leaving the page: leaving would abort the upload.
  useEffect(() => {
    if (!isUploading) {
      return;
    }
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isUploading]);

  // Synchronises with the network: aborts the upload when the component unmounts.
  useEffect(() => () => running.current?.abort(), []);

  function start(request: UploadRequest, onAccepted: (importId: string) => void) {
    const xhr = new XMLHttpRequest();
    running.current = xhr;
    setStatus({ kind: "uploading", ratio: 0 });
    xhr.upload.addEventListener("progress", ({ loaded, total }) => {
      setStatus({ kind: "uploading", ratio: total === 0 ? 0 : loaded / total });
    });
    xhr.addEventListener("load", () => {
      const answer = toAnswer(xhr);
      if ("importId" in answer) {
        setStatus({ kind: "idle" });
        onAccepted(answer.importId);
      } else {
        setStatus(answer);
      }
    });
    xhr.addEventListener("error", () => setStatus({ kind: "network" }));
    xhr.addEventListener("abort", () => setStatus({ kind: "idle" }));
    xhr.open("POST", `/api/imports?${toQuery(request).toString()}`);
    xhr.setRequestHeader("content-type", "application/octet-stream");
    xhr.send(request.file);
  }

  return {
    status,
    start,
    abort: () => running.current?.abort(),
    reset: () => setStatus({ kind: "idle" }),
  };
}

function toQuery({ file, pools, notes }: UploadRequest): URLSearchParams {
  const query = new URLSearchParams({ fileName: file.name });
  if (pools === "all") {
    query.set("allPools", "true");
  } else {
    pools.forEach((fqdn) => query.append("pool", fqdn));
  }
  if (notes !== "") {
    query.set("notes", notes);
  }
  return query;
}

function toAnswer({
  status,
  responseText,
}: XMLHttpRequest): UploadStatus | { readonly importId: string } {
  // A proxy may answer with a page of its own.
  const body = parseJson(responseText);
  const job = accepted.safeParse(body);
  if (status === 202 && job.success) {
    return { importId: job.data.id };
  }
  const problem = readProblem(body);
  return problem === null
    ? { kind: status === 413 ? "tooLarge" : "unexpected" }
    : { kind: "refused", problem };
}
