// Lint rules for what a person reads in the panel, for `no-restricted-syntax` in eslint.config.mjs.

const WORD = "/\\p{L}{2}/u";
const UNTRANSLATED = "Texts of the panel are in messages/, in every language: docs/languages.md.";
/** Examples of what a field takes, and names of keys. */
const SAME_EVERYWHERE = ":not([value=/^(?:\\S+[.@:]\\S+|-----[A-Z ]+-----|Ctrl [A-Z])$/u])";
const READ_ATTRIBUTES =
  "/^(?:alt|aria-label|aria-description|description|label|placeholder|title)$/";

const UNTRANSLATED_TEXTS = [
  `JSXText[value=${WORD}]${SAME_EVERYWHERE}`,
  `JSXElement > JSXExpressionContainer > Literal[value=${WORD}]`,
  `JSXElement > JSXExpressionContainer > TemplateLiteral > TemplateElement[value.raw=${WORD}]`,
  `JSXAttribute[name.name=${READ_ATTRIBUTES}] > Literal[value=${WORD}]${SAME_EVERYWHERE}`,
  `JSXAttribute[name.name=${READ_ATTRIBUTES}] > JSXExpressionContainer > Literal[value=${WORD}]`,
].map((selector) => ({ selector, message: UNTRANSLATED }));

/** Classes of Tailwind with a left and a right. Those of the language's direction are `ms-`, `pe-`, `start-`, `text-end`. */
const PHYSICAL =
  "/(?:^|[\\s:])-?(?:[mp][lr]-|scroll-[mp][lr]-|(?:left|right)-(?!1\\/2)|border-[lr](?:-|\\s|$)|rounded-(?:[lr]|[tb][lr])(?:-|\\s|$)|text-(?:left|right)(?:\\s|$))/u";

const PHYSICAL_CLASSES = ["Literal", "TemplateElement"].map((type) => ({
  selector: `${type}[value${type === "Literal" ? "" : ".raw"}=${PHYSICAL}]`,
  message:
    "Arabic is written from right to left: use ms-/me-, ps-/pe-, start-/end-, border-s/e, rounded-s/e, text-start/end.",
}));

export const TEXT_RULES = [...UNTRANSLATED_TEXTS, ...PHYSICAL_CLASSES];
