"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Bytes } from "#components/ui/bytes";
import { Card } from "#components/ui/card";
import { Progress } from "#components/ui/progress";
import type { WatchedImport } from "#firmware/imports/import-record";
import type { ImportJob } from "#firmware/imports/model";

const ASK_EVERY_MS = 1_000;

type ImportProgressProps = {
  /** The state when the page was loaded. Later polls replace it. */
  readonly job: Pick<ImportJob, "id" | "sizeBytes"> & WatchedImport;
};

/** The live progress of an import. Reloads the page when the state changes. */
export function ImportProgress({ job }: ImportProgressProps) {
  const t = useTranslations("imports.progress");
  const router = useRouter();
  const [latest, setLatest] = useState<WatchedImport>(job);
  const [isLost, setIsLost] = useState(false);

  // Synchronises with the import, which runs on the server.
  useEffect(() => {
    const stopping = new AbortController();
    const timer = setInterval(() => {
      askForImport(job.id, stopping.signal).then(
        (asked) => {
          setLatest(asked);
          setIsLost(false);
          if (asked.state !== job.state) {
            router.refresh();
          }
        },
        () => setIsLost(!stopping.signal.aborted),
      );
    }, ASK_EVERY_MS);
    return () => {
      clearInterval(timer);
      stopping.abort();
    };
  }, [job.id, job.state, router]);

  return (
    <Card title={t("title")}>
      <div className="space-y-4">
        <Progress
          label={t("upload")}
          ratio={1}
          tone="good"
          detail={<Bytes sizeBytes={job.sizeBytes} />}
        />
        <UnpackingProgress latest={latest} />
        {isLost && (
          <p role="status" className="text-xs text-warn-ink">
            {t("lost")}
          </p>
        )}
      </div>
    </Card>
  );
}

function UnpackingProgress({ latest: { state, progress } }: { readonly latest: WatchedImport }) {
  const t = useTranslations("imports.progress");
  if (state === "queued" || progress === undefined) {
    return <Progress label={t("unpacking")} ratio={0} detail={t("queued")} />;
  }
  const { bytesDone, bytesTotal, currentEntry } = progress;
  const ratio = bytesTotal === 0 ? null : bytesDone / bytesTotal;
  return (
    <div className="space-y-1">
      <Progress
        label={t("unpacking")}
        ratio={state === "unpacking" ? ratio : 1}
        {...(state === "applying" ? { detail: t("applying") } : {})}
      />
      <p className="truncate font-mono text-2xs text-ink-muted" title={currentEntry}>
        {state === "unpacking" ? currentEntry : ""}
      </p>
    </div>
  );
}

async function askForImport(importId: string, signal: AbortSignal): Promise<WatchedImport> {
  const response = await fetch(`/api/imports/${importId}`, { cache: "no-store", signal });
  if (!response.ok) {
    throw new Error(`The service answered ${response.status}.`);
  }
  // Loaded with the first answer, because reading it needs a large library.
  const { watchedImport } = await import("#firmware/imports/import-record");
  return watchedImport.parse(await response.json());
}
