// Part of `npm run lint`: finds words of the old style (docs/style.md, "Language") in code, messages and documents.
import { glob, readFile } from "node:fs/promises";
import { PROJECT, runMain } from "./lib/project.mjs";

const FILES = [
  "*.{js,mjs,ts,md}",
  "{app,bench,bin,components,docs,e2e,lib,messages/en,scripts}/**/*.{css,json,md,mjs,sql,ts,tsx}",
  "prisma/schema.prisma",
];
/** This file names the words. So does the page on style. */
const EXEMPT = new Set(["scripts/check-words.mjs", "docs/style.md"]);

/** What to write instead, for each word. */
const WORDS = [
  [
    // In quotes it is a name, such as the system account `nobody`.
    /(?<![`"'])\b(?:whoever|somebody|nobody|anybody|everybody)\b(?![`"'])/i,
    "name who it is: an administrator, a process, no phone",
  ],
  [/\bmeanwhile\b/i, '"at the same time", or name what runs'],
  [/\balike\b/i, '"both", "the same", or "without regard to case"'],
  [/\bin hand\b/i, '"in progress", "pending", or name the state'],
  [/\bas it stands\b/i, '"unchanged", "current"'],
  [/\bwhat there is\b/i, "name the thing"],
  [/\bcom(?:e|es|ing) again\b/i, '"retry"'],
  [/\bsen[dt]s? away\b/i, '"refuse", "answer 503"'],
  [/\b(?:farewell|goodbye)\b/i, '"shutdown", "close"'],
  [/\bat ease\b/i, '"below the limits"'],
  [/mishap/i, '"fault"'],
  [/\bmanners\b/i, '"behaviour"'],
  [
    /\b(?:FEWEST|LARGEST|LEAST|LONGEST|MOST|SHORTEST|SMALLEST)_/,
    "MAX_ or MIN_, with the unit in the name",
  ],
  [/\b[A-Z][A-Za-z]*Wish(?:es)?\b/, "…Options"],
];

await runMain(async () => {
  /** @type {string[]} */
  const findings = [];
  for await (const path of glob(FILES, { cwd: PROJECT })) {
    if (!EXEMPT.has(path)) {
      findings.push(...findWords(path, await readFile(`${PROJECT}/${path}`, "utf8")));
    }
  }
  for (const finding of findings) {
    console.error(finding);
  }
  return findings.length === 0 ? 0 : 1;
});

/**
 * @param {string} path
 * @param {string} text
 */
function findWords(path, text) {
  return text.split("\n").flatMap((line, index) =>
    WORDS.flatMap(([word, instead]) => {
      const found = word.exec(line);
      return found === null ? [] : [`${path}:${index + 1}: "${found[0]}": write ${instead}.`];
    }),
  );
}
