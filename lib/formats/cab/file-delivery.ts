import { isSameRange } from "#formats/cab/cabinet";
import type { FileEntry } from "#formats/cab/tables";

/** Receives the bytes of one entry. A chunk is valid only during the call. */
export type FileSink = {
  readonly write: (chunk: Uint8Array) => void;
  readonly end: () => void;
};

/** Opens a sink for one range of bytes. All the given entries share these bytes, so they are delivered once. */
export type OpenFile = (files: readonly [FileEntry, ...FileEntry[]]) => FileSink;

type Stretch = readonly [FileEntry, ...FileEntry[]];
type OpenedFile = { readonly file: FileEntry; readonly sink: FileSink };

/** Cuts the unpacked bytes of a folder into its entries. They are sorted; two entries share all bytes or none. */
export class FileDelivery {
  readonly #stretches: readonly Stretch[];
  readonly #openFile: OpenFile;
  #offset = 0;
  #next = 0;
  #opened: OpenedFile | null = null;

  constructor(files: readonly FileEntry[], openFile: OpenFile) {
    // Empty entries have no bytes, so `write` never reaches them.
    for (const file of files.filter(({ sizeBytes }) => sizeBytes === 0)) {
      openFile([file]).end();
    }
    this.#stretches = toStretches(files.filter(({ sizeBytes }) => sizeBytes > 0));
    this.#openFile = openFile;
  }

  /** The entry of the next bytes, or the one after a gap; after the last entry, the last entry. */
  get currentPath(): string | null {
    const [waiting] = this.#stretches[this.#next] ?? this.#stretches.at(-1) ?? [];
    return (this.#opened?.file ?? waiting)?.path ?? null;
  }

  write(chunk: Uint8Array): void {
    const chunkEnd = this.#offset + chunk.length;
    let file = this.#fileBefore(chunkEnd);
    while (file !== null) {
      this.#writePart(file, chunk);
      file = this.#opened === null ? this.#fileBefore(chunkEnd) : null;
    }
    this.#offset = chunkEnd;
  }

  #fileBefore(end: number): OpenedFile | null {
    if (this.#opened !== null) {
      return this.#opened;
    }
    const stretch = this.#stretches[this.#next];
    if (stretch === undefined || stretch[0].folderOffset >= end) {
      return null;
    }
    this.#next += 1;
    this.#opened = { file: stretch[0], sink: this.#openFile(stretch) };
    return this.#opened;
  }

  #writePart({ file, sink }: OpenedFile, chunk: Uint8Array): void {
    const fileEnd = file.folderOffset + file.sizeBytes;
    const start = Math.max(0, file.folderOffset - this.#offset);
    const end = Math.min(chunk.length, fileEnd - this.#offset);
    sink.write(chunk.subarray(start, end));
    if (this.#offset + end === fileEnd) {
      this.#opened = null;
      sink.end();
    }
  }
}

function toStretches(files: readonly FileEntry[]): readonly Stretch[] {
  const stretches: [FileEntry, ...FileEntry[]][] = [];
  for (const file of files) {
    const last = stretches.at(-1);
    if (last !== undefined && isSameRange(last[0], file)) {
      last.push(file);
    } else {
      stretches.push([file]);
    }
  }
  return stretches;
}
