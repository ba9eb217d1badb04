import type { FileEntry } from "#lib/cab/tables";

/** Takes the bytes of one entry. A chunk is valid only during the call. */
export type FileSink = {
  readonly write: (chunk: Uint8Array) => void;
  readonly end: () => void;
};

export type OpenFile = (file: FileEntry) => FileSink;

type OpenedFile = { readonly file: FileEntry; readonly sink: FileSink };

/** Cuts the unpacked bytes of a folder into its entries, which are sorted and do not overlap. */
export class FileDelivery {
  readonly #files: readonly FileEntry[];
  readonly #openFile: OpenFile;
  #offset = 0;
  #next = 0;
  #opened: OpenedFile | null = null;

  constructor(files: readonly FileEntry[], openFile: OpenFile) {
    // Empty entries own no byte, so no byte ever leads to them.
    for (const file of files.filter(({ sizeBytes }) => sizeBytes === 0)) {
      openFile(file).end();
    }
    this.#files = files.filter(({ sizeBytes }) => sizeBytes > 0);
    this.#openFile = openFile;
  }

  /** The entry that the next bytes belong to, or the one that follows them; behind them all the last one. */
  get currentPath(): string | null {
    return (this.#opened?.file ?? this.#files[this.#next] ?? this.#files.at(-1))?.path ?? null;
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
    const file = this.#files[this.#next];
    if (file === undefined || file.folderOffset >= end) {
      return null;
    }
    this.#next += 1;
    this.#opened = { file, sink: this.#openFile(file) };
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
