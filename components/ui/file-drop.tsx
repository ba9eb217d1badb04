"use client";

import { Icon } from "#components/ui/icon";
import { useId, useState } from "react";
import type { ReactNode } from "react";
import { cn } from "#components/ui/cn";
import { onlyFile } from "#components/ui/dropped-files";

type FileDropProps = {
  /** A sentence such as "Drop a .cab file here, or choose one". */
  readonly label: string;
  readonly hint?: ReactNode;
  /** Shown after several files were dropped, of which none is taken. */
  readonly severalFiles: string;
  /** The value of the `accept` attribute: ".cab,.exe". It does not restrict dropped files. */
  readonly accept?: string;
  readonly isDisabled?: boolean;
  readonly onFile: (file: File) => void;
};

/** A file input with a large drop target. The input itself is focusable and has the accessible name. */
export function FileDrop({
  label,
  hint,
  severalFiles,
  accept,
  isDisabled = false,
  onFile,
}: FileDropProps) {
  const id = useId();
  const [isOver, setIsOver] = useState(false);
  const [hadSeveral, setHadSeveral] = useState(false);

  function take(files: FileList | null) {
    if (isDisabled) {
      return;
    }
    const file = onlyFile(files);
    setHadSeveral((files?.length ?? 0) > 1);
    if (file !== null) {
      onFile(file);
    }
  }

  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        take(event.dataTransfer.files);
      }}
      className={cn(
        "relative flex flex-col items-center rounded-lg border border-dashed px-4 py-8 text-center transition-colors",
        "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus",
        isOver && !isDisabled ? "border-accent bg-accent-soft" : "border-line-control bg-sunken/50",
        isDisabled ? "opacity-60" : "hover:border-accent hover:bg-accent-soft/50",
      )}
    >
      <Icon name="file-up" className="mb-2 size-6 text-ink-faint" />
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="mt-1 text-xs text-ink-muted">
          {hint}
        </p>
      )}
      <p role="alert" className="mt-2 text-sm text-bad-ink empty:hidden">
        {hadSeveral && severalFiles}
      </p>
      <input
        id={id}
        type="file"
        accept={accept}
        disabled={isDisabled}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => {
          take(event.target.files);
          // Cleared, so that choosing the same file again triggers a change event.
          event.target.value = "";
        }}
        className="absolute inset-0 cursor-pointer opacity-0 disabled:cursor-not-allowed"
      />
    </div>
  );
}
