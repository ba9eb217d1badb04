import { expect, test } from "vitest";
import { DEFAULT_DIALECT } from "#phones/dialect/dialect";
import { MODULE_PLACEHOLDERS } from "#phones/dialect/placeholders";
import { sampleAnswers } from "#phones/dialect/sample-answers";

test.each(MODULE_PLACEHOLDERS)("the sample has a value for the placeholder {%s}", (placeholder) => {
  const updateTemplate = `<R>{${placeholder}}</R>`;
  const { update } = sampleAnswers({ ...DEFAULT_DIALECT, updateTemplate });

  expect(update.body).toMatch(/<R>[^<{]+<\/R>/);
});
