import { createHash } from "node:crypto";
import { writeCabinet } from "#formats/cab/testing/cab-writer";
import { IMAGE_NAME, UPDATE_TYPE } from "./plan.ts";
import type { PlannedKind } from "./plan.ts";

const IMAGE_BYTES = 96 * 1024;

/** A cabinet like a vendor's: a cabinet for each kind of phone, with an image and its description. */
export function aPackage(kinds: readonly PlannedKind[], version: string): Uint8Array {
  const files = kinds.map((kind) => ({
    name: `${kind.hardware.brand}-${kind.hardware.model}.cab`,
    data: writeCabinet({
      folders: [
        {
          compression: "mszip",
          files: [
            { name: "updateInfo.xml", data: describe(kind, version) },
            { name: IMAGE_NAME, data: anImage(`${kind.hardware.model} ${version}`) },
          ],
        },
      ],
    }),
  }));
  return writeCabinet({ folders: [{ compression: "stored", files }] });
}

function describe({ hardware }: PlannedKind, version: string): string {
  const { deviceType, brand, model, revision, locale } = hardware;
  return `<?xml version="1.0" encoding="utf-8"?>
<Updates><Updates><Update>
  <deviceType>${deviceType}</deviceType><brand>${brand}</brand><model>${model}</model>
  <revision>${revision}</revision><locale>${locale}</locale><updateType>${UPDATE_TYPE}</updateType>
  <version>${version}</version><fileName>${IMAGE_NAME}</fileName>
</Update></Updates></Updates>`;
}

/** Differs for every phone and version, and compresses as little as firmware. */
function anImage(seed: string): Buffer {
  const pieces = Array.from({ length: IMAGE_BYTES / 64 }, (_, place) =>
    createHash("sha512").update(`${seed} ${place}`).digest(),
  );
  return Buffer.concat(pieces);
}
