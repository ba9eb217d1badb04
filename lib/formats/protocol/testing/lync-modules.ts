import type { LyncImage, LyncModule } from "#formats/protocol/lync-module";

export function anImage(overrides: Partial<LyncImage> = {}): LyncImage {
  return {
    hardware: {
      deviceType: "UCPhone",
      brand: "POLYCOM",
      model: "CX600",
      revision: "A",
      locale: "ENU",
    },
    updateType: "CPE",
    fileName: "CPE.nbt",
    signatureFileName: "CPE.cat",
    version: "4.0.7577.4387",
    releasedAt: new Date("2013-04-10T00:00:00.000Z"),
    sizeBytes: 33_554_432,
    sha256: "0".repeat(64),
    internalPoolUrl: "http://pool01.contoso.com",
    externalPoolUrl: "https://web.contoso.com",
    path: "UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE",
    ...overrides,
  };
}

export function aLyncModule(overrides: Partial<LyncImage> = {}): LyncModule {
  return { image: anImage(overrides), fromVersion: "4.0.7577.4363" };
}
