/** Comma-separated values as RFC 4180 has them, with formulas made harmless: spreadsheets would run them. */

/**
 * What a spreadsheet takes for a formula, also in the full-width form of East Asian keyboards; the apostrophes are ours, so
 * that taking one away again is exact.
 */
const FORMULA = /^'*\s*[=+\-@＝＋－＠\t\r\n]/;
const NEEDS_QUOTES = /[",\r\n]/;
/** Whether a cell could be anything but what it is; nearly none could, and a storm of checks writes millions. */
const SUSPICIOUS = /^['\s=+\-@＝＋－＠]|[",\r\n]/;

/** One record, without the end of its line. */
export function toCsvRecord(values: readonly (string | number)[]): string {
  // A negative number begins like a formula and is none.
  return values
    .map((value) => (typeof value === "number" ? String(value) : toCsvCell(value)))
    .join(",");
}

/** One record with the end of its line. */
export function toCsvLine(values: readonly (string | number)[]): string {
  return `${toCsvRecord(values)}\r\n`;
}

/** One value of a record. */
export function toCsvCell(value: string): string {
  if (!SUSPICIOUS.test(value)) {
    return value;
  }
  const text = withoutFormula(value);
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A text that no spreadsheet runs. */
export function withoutFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** What `withoutFormula` was given. */
export function withFormula(text: string): string {
  return text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text;
}

/** A cell, in quotes or without, and what ends it. */
const CELL = /(?:"((?:[^"]|"")*)"|([^,\n]*?))(,|\r?\n|$)/gy;

/** The records of a text, as they were given to `toCsvRecord`. An empty line is no record. */
export function readCsvRecords(text: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let record: string[] = [];
  for (const [all, quoted, bare = "", end = ""] of text.matchAll(CELL)) {
    const isLast = end !== ",";
    if (all !== end || record.length > 0 || !isLast) {
      record.push(withFormula(quoted === undefined ? bare : quoted.replaceAll('""', '"')));
    }
    if (isLast && record.length > 0) {
      records.push(record);
      record = [];
    }
  }
  return records;
}
