import { createHash } from "node:crypto";
import type { CheckAnswer, OfferedFile } from "#formats/protocol/json-answer";

/** An answer that offers nothing. */
export function anAnswer(overrides: Partial<CheckAnswer> = {}): CheckAnswer {
  return {
    schema: 1,
    downloads: 0,
    nextCheckSeconds: 86_400,
    idleSecondsBeforeInstall: 300,
    channel: "approved",
    modules: [],
    ...overrides,
  };
}

type OfferOptions = {
  readonly updateType?: string;
  readonly content?: Uint8Array;
  readonly baseUrl?: string;
};

/** An answer that offers one image, whose digest is that of the content. */
export function anOffer(
  version: string,
  {
    updateType = "CPE",
    content = Buffer.from("image"),
    baseUrl = "http://localhost",
  }: OfferOptions = {},
): CheckAnswer {
  const file: OfferedFile = {
    role: "image",
    fileName: `${updateType}.nbt`,
    size: content.length,
    sha256: createHash("sha256").update(content).digest("hex"),
    internalUrl: `${baseUrl}/api/update/files/${updateType}.nbt`,
    externalUrl: `${baseUrl}/api/update/external/files/${updateType}.nbt`,
  };
  return anAnswer({
    downloads: 1,
    modules: [{ updateType, fromVersion: null, version, files: [file] }],
  });
}
