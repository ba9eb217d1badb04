/** Comma-separated values as RFC 4180 has them, with formulas made harmless: spreadsheets would run them. */

/** What a spreadsheet takes for a formula; the apostrophes are ours, so that taking one away again is exact. */
const FORMULA = /^'*\s*[=+\-@\t\r\n]/;
const NEEDS_QUOTES = /[",\r\n]/;

/** One record, without the end of its line. */
export function toCsvRecord(values: readonly string[]): string {
  return values.map(toCell).join(",");
}

/** A text that no spreadsheet runs. */
export function withoutFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** What `withoutFormula` was given. */
export function withFormula(text: string): string {
  return text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text;
}

/** The records of a text, as they were given to `toCsvRecord`. An empty line is no record. */
export function readCsvRecords(text: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let record: string[] = [];
  let cell = "";
  let isQuoted = false;
  let isBegun = false;
  const endCell = (): void => {
    record.push(withFormula(cell));
    cell = "";
  };
  const endRecord = (): void => {
    if (isBegun) {
      endCell();
      records.push(record);
    }
    record = [];
    isBegun = false;
  };
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (isQuoted) {
      if (character !== '"') {
        cell += character;
      } else if (text.charAt(index + 1) === '"') {
        cell += '"';
        index += 1;
      } else {
        isQuoted = false;
      }
    } else if (character === "\n") {
      endRecord();
    } else if (character !== "\r" || text.charAt(index + 1) !== "\n") {
      isBegun = true;
      if (character === ",") {
        endCell();
      } else if (character === '"' && cell === "") {
        isQuoted = true;
      } else {
        cell += character;
      }
    }
  }
  endRecord();
  return records;
}

function toCell(value: string): string {
  const text = withoutFormula(value);
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
