import type { LyncModule } from "#formats/protocol/lync-module";

/** The update of one phone, for the preview of a dialect before it is saved. */
export const SAMPLE_MODULES: readonly LyncModule[] = [
  {
    image: {
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
      releasedAt: new Date("2013-04-10T00:00:00Z"),
      sizeBytes: 33_554_432,
      sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      internalPoolUrl: "http://pool01.contoso.com",
      externalPoolUrl: "https://web.contoso.com",
      path: "UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE",
    },
    fromVersion: "4.0.7577.4363",
  },
];
