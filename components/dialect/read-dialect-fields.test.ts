import { createTranslator } from "use-intl/core";
import { expect, test } from "vitest";
import { toFields } from "#components/dialect/dialect-fields";
import type { DialectFields } from "#components/dialect/dialect-fields";
import { readFields } from "#components/dialect/read-dialect-fields";
import { MESSAGES } from "#foundation/i18n/messages";
import { DEFAULT_DIALECT } from "#phones/dialect/dialect";
import { sampleAnswers } from "#phones/dialect/sample-answers";

test("returns an unchanged dialect from the form", () => {
  const dialect = { ...DEFAULT_DIALECT, requestNames: { model: ["Kind", "hw"], version: ["sw"] } };
  expect(readFields(toFields(dialect))).toEqual({
    kind: "valid",
    dialect,
    samples: sampleAnswers(dialect),
  });
});

test("reports problems by field", () => {
  const fields = toFields(DEFAULT_DIALECT);
  const reading = readFields({
    ...fields,
    updateTemplate: "<a>{verison}</a>",
    requestNames: { ...fields.requestNames, model: "fine 1-wrong" },
  });
  expect(reading.kind === "invalid" && [...reading.problems.keys()]).toEqual([
    "updateTemplate",
    "requestNames.model",
  ]);
});

/** The French message about the only invalid field. */
function frenchProblem(changes: Partial<DialectFields>): string {
  const reading = readFields({ ...toFields(DEFAULT_DIALECT), ...changes });
  const problems = reading.kind === "invalid" ? [...reading.problems.values()] : [];
  const t = createTranslator({
    locale: "fr",
    messages: MESSAGES.fr.dialect.problems,
    onError: (error) => {
      throw error;
    },
  });
  return problems
    .map(({ code, values }) => t(code, values))
    .join("|")
    .replaceAll(/[\u00a0\u202f]/gu, " ");
}

test.each<[Partial<DialectFields>, string]>([
  [{ updateTemplate: "<R><m></R>" }, "Ce n’est pas du XML bien formé."],
  [{ updateTemplate: "<R/><R/>" }, "Il faut exactement un élément racine."],
  [
    { updateTemplate: "<!DOCTYPE R><R/>" },
    "Les types de document et les entités ne sont pas acceptés.",
  ],
  [
    { updateTemplate: '<R uc:each="module"/>' },
    "L’élément racine ne peut pas être répété : uc:each se place sur un élément à l’intérieur.",
  ],
  [
    { updateTemplate: '<R><m uc:each="file"/></R>' },
    '« m » ne peut être répété qu’avec uc:each="module".',
  ],
  [
    { updateTemplate: '<R><m uc:each="module"><n uc:each="module"/></m></R>' },
    "« m » contient un autre élément répété ; l’un ne peut pas se trouver dans l’autre.",
  ],
  [
    { noUpdateTemplate: '<R><m uc:each="module"/></R>' },
    "Sans mise à jour, il n’y a pas de module pour lequel répéter un élément.",
  ],
  [{ updateTemplate: "<u:R/>" }, "Le préfixe d’espace de noms de « u:R » n’est pas déclaré."],
  [
    { updateTemplate: "<R>{version</R>" },
    "« {version » contient une accolade isolée. Une accolade littérale s’écrit deux fois.",
  ],
  [{ updateTemplate: "<R>{verison}</R>" }, "L’espace réservé {verison} n’existe pas."],
  [
    { noUpdateTemplate: "<R>{version}</R>" },
    "{version} est une valeur d’un module ; sans mise à jour, il n’y a pas de module.",
  ],
  [
    { updateTemplate: `<R>${"x".repeat(20_000)}</R>` },
    "Le texte est trop long : 16 384 caractères au plus.",
  ],
  [{ updateStatus: 99 }, "Indiquez un nombre de 200 à 499."],
  [
    { contentType: "text/xml; charset=utf-16" },
    "Indiquez un type de média tel que text/xml; charset=utf-8. Le jeu de caractères ne peut être que utf-8.",
  ],
  [
    { requestNames: { ...toFields(DEFAULT_DIALECT).requestNames, model: "1-wrong" } },
    "Un nom commence par une lettre ou « _ », suivie de lettres, de chiffres ou de « _.:- ». Au plus 16 noms de 64 caractères.",
  ],
])("a French page says what is wrong with %j", (wishes, french) => {
  expect(frenchProblem(wishes)).toBe(french);
});
