/** `identifierType` as `--identifier-type`; positions in a list and whatever is no option stay as they are. */
export function optionName(path: string): string {
  return /^[a-z][A-Za-z]*$/.test(path)
    ? `--${path.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    : path;
}
