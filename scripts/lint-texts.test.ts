import { Linter } from "eslint";
import tseslint from "typescript-eslint";
import { expect, test } from "vitest";
import { TEXT_RULES } from "./lib/lint-texts.mjs";

/** The number of places that the rules refuse in this JSX. */
function refusals(jsx: string): number {
  return new Linter().verify(
    `const view = ${jsx};`,
    {
      files: ["**/*.tsx"],
      languageOptions: { parser: tseslint.parser },
      rules: { "no-restricted-syntax": ["error", ...TEXT_RULES] },
    },
    "view.tsx",
  ).length;
}

test.each([
  "<p>Approve</p>",
  '<p>{"Approve"}</p>',
  "<p>{`Approve ${name}`}</p>",
  '<p title="Approve" />',
  '<Field label={"Name"} />',
  "<p>Genehmigen 版</p>",
  '<p className="ml-2" />',
  '<p className={cn("md:-left-4", end)} />',
  "<p className={`text-right ${x}`} />",
  '<p className="border-l" />',
])("refuses %s", (jsx) => {
  expect(refusals(jsx)).toBe(1);
});

test.each([
  '<p>{t("approve")}</p>',
  "<p> · </p>",
  '<Field placeholder="pool01.contoso.com" />',
  "<Kbd>Ctrl K</Kbd>",
  '<p className="ms-2 text-end -start-4 border-s rounded-e-md" />',
  '<p className="left-1/2 -translate-x-1/2" />',
])("accepts %s", (jsx) => {
  expect(refusals(jsx)).toBe(0);
});
