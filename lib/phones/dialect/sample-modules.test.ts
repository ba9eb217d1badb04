import { expect, test } from "vitest";
import { DEFAULT_DIALECT } from "#phones/dialect/dialect";
import { compileDialect } from "#phones/dialect/dialect-renderer";
import { MODULE_PLACEHOLDERS } from "#phones/dialect/dialect-template";
import { SAMPLE_MODULES } from "#phones/dialect/sample-modules";

test.each(MODULE_PLACEHOLDERS)("the sample has a value for the placeholder {%s}", (placeholder) => {
  const updateTemplate = `<R>{${placeholder}}</R>`;
  const { body } = compileDialect({ ...DEFAULT_DIALECT, updateTemplate })(SAMPLE_MODULES);

  expect(body).toMatch(/<R>[^<{]+<\/R>/);
});
