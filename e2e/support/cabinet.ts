import { writeCabinet } from "#formats/cab/testing/cab-writer";

const MODELS = ["CX500", "CX600", "CX3000"] as const;
const IMAGE_BYTES = 200_000;

/** Bytes that look like firmware: they do not repeat, and they differ between versions. */
function firmware(model: string, version: string, sizeBytes: number): Uint8Array {
  const bytes = new Uint8Array(sizeBytes);
  let state = Buffer.from(`${model} ${version}`).reduce(
    (sum, byte) => Math.imul(sum, 31) + byte,
    7,
  );
  for (let index = 0; index < sizeBytes; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}

function updateInfo(model: string, version: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<Updates><Updates><Update>
  <deviceType>UCPhone</deviceType><brand>POLYCOM</brand><model>${model}</model>
  <revision>A</revision><locale>ENU</locale><updateType>CPE</updateType>
  <version>${version}</version><fileName>CPE.nbt</fileName>
</Update></Updates></Updates>`;
}

/**
 * A package like a vendor's: an MSZIP cabinet with one MSZIP cabinet for each of three models, or of the given models,
 * each with an image and its description.
 */
export function aPackage(version: string, models: readonly string[] = MODELS): Buffer {
  const inner = models.map((model) => ({
    name: `${model}.cab`,
    data: writeCabinet({
      folders: [
        {
          compression: "mszip",
          files: [
            { name: "updateInfo.xml", data: updateInfo(model, version) },
            { name: "CPE.nbt", data: firmware(model, version, IMAGE_BYTES) },
          ],
        },
      ],
    }),
  }));
  return Buffer.from(writeCabinet({ folders: [{ compression: "mszip", files: inner }] }));
}

/** A package of another vendor, without a description of its images. */
export function anUndescribedPackage(names: readonly string[]): Buffer {
  const files = names.map((name) => ({ name, data: firmware(name, "", IMAGE_BYTES) }));
  return Buffer.from(writeCabinet({ folders: [{ compression: "mszip", files }] }));
}
