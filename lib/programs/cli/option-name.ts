/** Converts `identifierType` to `--identifier-type`. Paths that are not an option, such as list positions, stay unchanged. */
export function optionName(path: string): string {
  return /^[a-z][A-Za-z]*$/.test(path)
    ? `--${path.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    : path;
}
