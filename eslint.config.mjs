import redos from "eslint-plugin-redos";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";
import { TEXT_RULES } from "./scripts/lib/lint-texts.mjs";

const PATTERN_FROM_TEXT = {
  selector: "NewExpression[callee.name='RegExp'], CallExpression[callee.name='RegExp']",
  message: "Write the pattern as a literal, which lint can prove to take linear time.",
};

const ENDLESS_MKDIR = {
  selector: "CallExpression[callee.name=/^mkdir(?:Sync)?$/] Property[key.name='recursive']",
  message:
    "Node's recursive mkdir never returns below /proc: use lib/foundation/platform/make-directory.",
};

const IMPATIENT_WAIT = {
  selector: "CallExpression[callee.property.name='waitFor'][arguments.length=1]",
  message:
    "It waits for one second only: use lib/foundation/core/testing/eventually, or name the limit.",
};

/** For queries: what a person types has no wildcards. */
const WILDCARDS = [
  "Property[key.name=/^(?:contains|startsWith|endsWith)$/]",
  "Property[key.name='mode'][value.value='insensitive']",
  "TSAsExpression > Literal[value='insensitive']",
  "TaggedTemplateExpression TemplateElement[value.raw=/\\bI?LIKE\\b|\\bSIMILAR TO\\b/i]",
].map((selector) => ({
  selector,
  message:
    "Prisma and SQL read %, _ and \\ as wildcards: search and compare with lib/foundation/platform/db/text-filter.",
}));

/** Gives the same result on a busy machine: only counts limit the search. */
const WITHOUT_TIME_LIMITS = {
  timeout: null,
  attackTimeout: null,
  incubationTimeout: null,
  seedingTimeout: null,
};

export default tseslint.config(
  {
    ignores: [
      ".next/**",
      "data/**",
      "node_modules/**",
      "prisma/generated/**",
      "next-env.d.ts",
      "playwright-report/**",
      "test-results/**",
    ],
  },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/consistent-type-definitions": ["error", "type"],
      "@typescript-eslint/consistent-type-imports": [
        "error",
        { fixStyle: "separate-type-imports" },
      ],
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      complexity: ["error", 10],
      eqeqeq: "error",
      "max-depth": ["error", 3],
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 50, skipBlankLines: true, skipComments: true }],
      "max-params": ["error", 3],
      "no-console": "error",
      "no-restricted-globals": [
        "error",
        {
          name: "process",
          message: "Import it from node:process; settings come from lib/foundation/platform/env.",
        },
      ],
    },
  },
  {
    files: ["**/*.tsx"],
    ...reactHooks.configs.flat.recommended,
  },
  {
    files: ["**/*.tsx"],
    rules: {
      "max-lines-per-function": ["error", { max: 100, skipBlankLines: true, skipComments: true }],
      "@typescript-eslint/explicit-module-boundary-types": "off",
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/no-misused-promises": [
        "error",
        { checksVoidReturn: { attributes: false } },
      ],
    },
  },
  {
    files: ["**/*.test.{ts,tsx}", "e2e/**/*.ts", "**/testing/**/*.ts", "bench/**/*.ts"],
    rules: {
      "max-lines-per-function": "off",
      "max-lines": ["error", { max: 500, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["{lib,scripts}/**/*.test.ts", "{lib,scripts}/**/testing/**/*.ts"],
    rules: { "no-restricted-syntax": ["error", IMPATIENT_WAIT] },
  },
  {
    // A pattern with quadratic time lets one anonymous request block the whole process.
    files: ["{app,components,lib}/**/*.{ts,tsx}", "*.ts"],
    ignores: ["**/*.test.{ts,tsx}", "**/testing/**"],
    plugins: { redos },
    rules: {
      "redos/no-vulnerable": ["error", { ignoreErrors: false, ...WITHOUT_TIME_LIMITS }],
      "no-restricted-syntax": ["error", PATTERN_FROM_TEXT],
    },
  },
  {
    files: ["lib/**/*.ts", "app/**/*.{ts,tsx}"],
    ignores: ["lib/foundation/platform/db/text-filter.ts", "**/*.test.ts", "**/testing/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        // If a rule is set twice, only the later setting applies, so both stand here.
        PATTERN_FROM_TEXT,
        ENDLESS_MKDIR,
        ...WILDCARDS,
      ],
    },
  },
  {
    files: ["{app,components}/**/*.tsx"],
    ignores: ["**/*.test.tsx", "**/testing/**"],
    rules: {
      "no-restricted-syntax": ["error", PATTERN_FROM_TEXT, ...WILDCARDS, ...TEXT_RULES],
    },
  },
  {
    files: ["{app,components}/**/*.tsx"],
    ignores: ["components/ui/{sonner-toaster,toast}.tsx"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          name: "next/dynamic",
          message: "Use loadLater: the page must not wait for a part of it.",
        },
        {
          name: "next/link",
          message:
            "Use components/ui/link, which asks the server only about the link that is pointed at.",
        },
        {
          name: "sonner",
          message: "Use components/ui/toast, which loads it with the first key or click.",
        },
      ],
    },
  },
  {
    files: ["lib/programs/{cli,server}/**/*.ts", "scripts/**/*.ts", "server.ts", "bench/**/*.ts"],
    rules: { "no-console": "off" },
  },
  {
    files: ["**/*.{mjs,js}"],
    extends: [tseslint.configs.disableTypeChecked],
  },
);
