import { createHash } from "node:crypto";
import type { CabFileSpec, CabFolderSpec } from "#formats/cab/testing/cab-writer";
import { writeCabinet } from "#formats/cab/testing/cab-writer";

export type PhoneSpec = {
  readonly model: string;
  readonly version: string;
  /** The content of the image; by default derived from model and version. */
  readonly image?: Uint8Array;
  readonly catalog?: Uint8Array;
};

const VERSION = "4.0.7577.4387";

/** An image that compresses about as well as firmware and differs for every phone. */
export function anImage(seed: string, sizeBytes = 100_000): Uint8Array {
  const piece = createHash("sha512").update(seed).digest();
  const image = Buffer.alloc(sizeBytes, piece);
  for (let offset = 0; offset < sizeBytes - 4; offset += 97) {
    image.writeInt32LE(Math.imul(offset, 2_654_435_761), offset);
  }
  return image;
}

/** A package whose folders describe the phones, as in the store of the original. */
export function aPackage(
  phones: readonly PhoneSpec[] = [{ model: "CX600", version: VERSION }],
  compression: CabFolderSpec["compression"] = "mszip",
): Uint8Array {
  return writeCabinet({ folders: [{ compression, files: phones.flatMap(phoneFiles) }] });
}

function phoneFiles({ model, version, image, catalog }: PhoneSpec): CabFileSpec[] {
  const folder = `UCPhone\\POLYCOM\\${model}\\A\\ENU\\${version}\\CPE`;
  const data = image ?? anImage(`${model} ${version}`);
  const signature = catalog === undefined ? [] : [{ name: `${folder}\\CPE.cat`, data: catalog }];
  return [{ name: `${folder}\\CPE.nbt`, data }, ...signature];
}

/** A package as Microsoft built them: a cabinet with a manifest and an inner cabinet for each phone. */
export function aNestedPackage(models: readonly string[], version = VERSION): Uint8Array {
  const inner = models.map((model) => ({
    name: `${model}.cab`,
    data: writeCabinet({
      folders: [
        {
          compression: "mszip",
          files: [{ name: `${model}.nbt`, data: anImage(`${model} ${version}`) }],
        },
      ],
    }),
  }));
  const manifest = `<?xml version="1.0"?><Updates><Updates>${models
    .map(
      (model) =>
        `<Update><deviceType>UCPhone</deviceType><brand>POLYCOM</brand><model>${model}</model><revision>A</revision><locale>ENU</locale><version>${version}</version><updateType>CPE</updateType><file>${model}.cab\\${model}.nbt</file></Update>`,
    )
    .join("")}</Updates></Updates>`;
  return writeCabinet({
    folders: [
      { compression: "mszip", files: [{ name: "updateInfo.xml", data: manifest }, ...inner] },
    ],
  });
}

/** A valid cabinet with one undescribed image. */
export function anUndescribedPackage(path = "firmware\\sip.ld", seed = "sip"): Uint8Array {
  return writeCabinet({
    folders: [{ compression: "mszip", files: [{ name: path, data: anImage(seed) }] }],
  });
}
