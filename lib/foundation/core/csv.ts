/** Comma-separated values (RFC 4180). Formulas are escaped, because spreadsheets would run them. */

/**
 * Text that a spreadsheet treats as a formula, also in the full-width form of East Asian keyboards. Includes text that is
 * already escaped with apostrophes, so that unescaping is exact.
 */
const FORMULA = /^'*\s*[=+\-@＝＋－＠\t\r\n]/;
const NEEDS_QUOTES = /[",\r\n]/;
/** A quick test for cells that may need escaping. Nearly none do, and a burst of checks writes millions of cells. */
const SUSPICIOUS = /^['\s=+\-@＝＋－＠]|[",\r\n]/;

/** One record, without the end of its line. */
export function toCsvRecord(values: readonly (string | number)[]): string {
  // A negative number starts like a formula but is not one.
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

/** Escapes a text, so that no spreadsheet runs it. */
export function withoutFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The inverse of `withoutFormula`. */
export function withFormula(text: string): string {
  return text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text;
}

/** A cell, quoted or not, and its delimiter. */
const CELL = /(?:"((?:[^"]|"")*)"|([^,\n]*?))(,|\r?\n|$)/gy;

/** Parses the records of a text: the inverse of `toCsvRecord`. Skips empty lines. */
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
