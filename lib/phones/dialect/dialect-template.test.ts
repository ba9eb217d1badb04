import { expect, test } from "vitest";
import type { TemplateFault } from "#phones/dialect/dialect-template";
import { readTemplate } from "#phones/dialect/dialect-template";

test("a template becomes elements whose values are texts and placeholders", () => {
  expect(
    readTemplate('<R n="{downloads}"><m uc:each="module">v{version}</m></R>', "update"),
  ).toEqual({
    kind: "read",
    root: {
      name: "R",
      isRepeated: false,
      attributes: [{ name: "n", value: [{ placeholder: "downloads" }] }],
      content: [
        {
          name: "m",
          isRepeated: true,
          attributes: [],
          content: [["v", { placeholder: "version" }]],
        },
      ],
    },
  });
});

test.each<[TemplateFault, string, string]>([
  ["repeated_root", "R", '<R uc:each="module"/>'],
  ["strange_repeat", "m", '<R><m uc:each="file"/></R>'],
  ["nested_repeat", "m", '<R><m uc:each="module"><n uc:each="module"/></m></R>'],
  ["undeclared_prefix", "u:m", "<R><u:m/></R>"],
  ["undeclared_prefix", "u:a", '<R u:a="1"/>'],
  ["lone_brace", "{version", "<R>{version</R>"],
  ["unknown_placeholder", "{verison}", '<R a="{verison}"/>'],
])("a refusal has the fault %s and names %s", (fault, subject, text) => {
  expect(readTemplate(text, "update")).toMatchObject({ kind: "refused", fault, subject });
});

test.each<[TemplateFault, string]>([
  ["repeat_without_modules", '<R><m uc:each="module"/></R>'],
  ["module_placeholder", "<R>{version}</R>"],
])("a template for no update is refused for %s, one for an update is not", (fault, text) => {
  expect(readTemplate(text, "no_update")).toMatchObject({ kind: "refused", fault });
  expect(readTemplate(text, "update").kind).toBe("read");
});

test("a prefix may be declared on any element around it", () => {
  expect(readTemplate('<R xmlns:u="urn:x"><a><u:b/></a></R>', "update").kind).toBe("read");
});
