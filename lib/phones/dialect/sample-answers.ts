import type { LyncModule } from "#formats/protocol/lync-module";
import type { LyncDialect } from "#phones/dialect/dialect";
import { compileDialect } from "#phones/dialect/dialect-renderer";
import type { RenderedAnswer } from "#phones/dialect/dialect-renderer";

/** What one phone would be answered, so that a dialect is seen before it is saved. */
export type SampleAnswers = {
  readonly update: RenderedAnswer;
  readonly noUpdate: RenderedAnswer;
};

const SAMPLE_MODULES: readonly LyncModule[] = [
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

/** Renders them by the code that answers phones. */
export function sampleAnswers(dialect: LyncDialect): SampleAnswers {
  const render = compileDialect(dialect);
  return { update: render(SAMPLE_MODULES), noUpdate: render([]) };
}
