import { expect, test } from "vitest";
import type { TemplateFault } from "#phones/dialect/dialect-template";
import { readTemplate } from "#phones/dialect/dialect-template";

test("reads a template as elements whose values are texts and placeholders", () => {
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
])("refuses a template with the fault %s at %s", (fault, subject, text) => {
  expect(readTemplate(text, "update")).toMatchObject({ kind: "refused", fault, subject });
});

test.each<[TemplateFault, string]>([
  ["repeat_without_modules", '<R><m uc:each="module"/></R>'],
  ["module_placeholder", "<R>{version}</R>"],
])("refuses %s in a template without an update, but not in one with an update", (fault, text) => {
  expect(readTemplate(text, "no_update")).toMatchObject({ kind: "refused", fault });
  expect(readTemplate(text, "update").kind).toBe("read");
});

test("accepts a prefix that an outer element declares", () => {
  expect(readTemplate('<R xmlns:u="urn:x"><a><u:b/></a></R>', "update").kind).toBe("read");
});
