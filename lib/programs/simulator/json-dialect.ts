import { CHECK_PATHS } from "#formats/protocol/json";
import type { CheckRequestBody } from "#formats/protocol/json";
import { checkAnswer } from "#formats/protocol/json-answer";
import type { UpdateAnswer } from "#programs/simulator/model";
import { parseJson } from "#foundation/core/json";
import type { DialectCodec } from "#programs/simulator/dialect-codec";

export const JSON_DIALECT: DialectCodec = {
  contentType: "application/json",
  accept: "application/json, application/problem+json",
  checkUrl: (side, serverUrl) => new URL(CHECK_PATHS[side], serverUrl),
  write: ({ hardware, macAddress, serialNumber, user }, { trigger, running }) => {
    const { deviceType, brand, model, revision, locale } = hardware;
    const body: CheckRequestBody = {
      schema: 1,
      device: { deviceType, vendor: brand, model, revision, locale, macAddress, serialNumber },
      user,
      trigger,
      modules: running.map(({ updateType, fileName, version }) => ({
        updateType,
        fileName,
        version,
      })),
    };
    return JSON.stringify(body);
  },
  read: (text): UpdateAnswer | null => checkAnswer.safeParse(parseJson(text)).data ?? null,
};
