import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openCabinet } from "#formats/cab/cabinet";
import { extractCabinet } from "#formats/cab/extract-cabinet";
import { ImportBudget } from "#formats/cab/import-budget";
import { DEFAULT_CAB_LIMITS } from "#formats/cab/limits";
import type { CabLimits } from "#formats/cab/limits";
import { memorySource } from "#formats/cab/source";
import type { LocalDateTime } from "#formats/cab/local-date-time";

export type ReadEntry = {
  readonly content: Buffer;
  readonly sha256: string;
  readonly modifiedAt: LocalDateTime | null;
};

export type ReadCabinet = {
  readonly entries: ReadonlyMap<string, ReadEntry>;
  readonly unverifiedBlocks: number;
};

/** Reads one cabinet from memory, without opening cabinets in it. */
export function readAll(bytes: Uint8Array, limits: Partial<CabLimits> = {}): ReadCabinet {
  const allLimits = { ...DEFAULT_CAB_LIMITS, ...limits };
  const cabinet = openCabinet({
    source: memorySource(bytes),
    name: "test.cab",
    directory: "",
    directoryProblem: null,
    containers: [],
    budget: new ImportBudget(allLimits, bytes.length),
    onBlock: () => undefined,
  });
  const entries = new Map<string, ReadEntry>();
  const { unverifiedBlocks } = extractCabinet(cabinet, {
    lzxBlocksPerFrame: allLimits.lzxBlocksPerFrame,
    onBlock: () => undefined,
    openFile: (files) => {
      const chunks: Uint8Array[] = [];
      return {
        write: (chunk) => {
          chunks.push(new Uint8Array(chunk));
        },
        end: () => {
          const content = Buffer.concat(chunks);
          for (const { path, modifiedAt } of files) {
            entries.set(path, { content, sha256: sha256Of(content), modifiedAt });
          }
        },
      };
    },
  });
  return { entries, unverifiedBlocks };
}

export function sha256Of(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}

export function fixturePath(name: string): string {
  return fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
}

/** A fixture as a plain `Uint8Array`, like the bytes of an upload. */
export function readFixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(fixturePath(name)));
}
