import { expect, test } from "vitest";
import { toAnswer } from "#phones/check/answer";
import { decideUpdate } from "#phones/check/decide-update";
import type { CandidateRule, CheckingDevice } from "#phones/check/model";
import { aDevice, aHardware, aPool, aRelease, aRule } from "#phones/check/testing/check-data";
import type { CheckAnswer } from "#formats/protocol/json-answer";
import { checkAnswer } from "#formats/protocol/json-answer";

const times = { nextCheckSeconds: 86_400, idleSecondsBeforeInstall: 300 };

function answerTo(device: CheckingDevice, rules: readonly CandidateRule[]): CheckAnswer {
  const judgements = decideUpdate(device, rules);
  const judged = rules.flatMap((rule, index) => {
    const judgement = judgements[index];
    return judgement === undefined ? [] : [{ pool: aPool(), rule, judgement }];
  });
  return toAnswer(judged, times);
}

test("contains the internal and external URL of every file of an offered module, in the documented layout", () => {
  const rule = aRule({ approved: aRelease("4.0.7577.4387") });

  expect(answerTo(aDevice({ installed: new Map([["cpe", "4.0.7577.4363"]]) }), [rule])).toEqual({
    schema: 1,
    downloads: 1,
    nextCheckSeconds: 86_400,
    idleSecondsBeforeInstall: 300,
    channel: "approved",
    modules: [
      {
        updateType: "CPE",
        fromVersion: "4.0.7577.4363",
        version: "4.0.7577.4387",
        files: [
          {
            role: "image",
            fileName: "CPE.nbt",
            size: 1024,
            sha256: "3".repeat(64),
            internalUrl:
              "http://pool01.contoso.com/api/update/files/UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE/CPE.nbt",
            externalUrl:
              "https://web.contoso.com/api/update/external/files/UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE/CPE.nbt",
          },
          expect.objectContaining({ role: "signature", fileName: "CPE.cat" }),
        ],
      },
    ],
  });
});

test("reports 0 downloads if no rule offers anything", () => {
  expect(answerTo(aDevice(), [aRule()])).toEqual({
    schema: 1,
    downloads: 0,
    ...times,
    channel: "approved",
    modules: [],
  });
});

test("reports the pending channel if one module is offered to test devices only", () => {
  const rules = [
    aRule({ updateType: "Boot", approved: aRelease("2.0") }),
    aRule({ pending: aRelease("2.0") }),
    aRule({ updateType: "Font", approved: aRelease("2.0") }),
  ];

  expect(answerTo(aDevice({ isTestDevice: true }), rules).channel).toBe("pending");
  expect(answerTo(aDevice(), rules).channel).toBe("approved");
});

test("does not send description files to phones", () => {
  const release = aRelease("2.0");
  const files = [
    ...release.files,
    { role: "description", fileName: "CPE.xml", sizeBytes: 9, sha256: "" } as const,
  ];

  const { modules } = answerTo(aDevice(), [aRule({ approved: { ...release, files } })]);

  expect(modules[0]?.files.map(({ fileName }) => fileName)).toEqual(["CPE.nbt", "CPE.cat"]);
});

test("percent-encodes all names in URLs", () => {
  const hardware = aHardware({ model: "CX 600/ä?" });
  const rule = aRule({ hardware, approved: aRelease("2.0") });

  const answer = answerTo(aDevice({ hardware }), [rule]);

  expect(answer.modules[0]?.files[0]?.internalUrl).toContain("/CX%20600%2F%C3%A4%3F/");
  expect(checkAnswer.parse(answer)).toEqual(answer);
});
