/** The three forms of RFC 9110, 5.6.7. The last one has no zone, and means UTC. */
const FORMS = [
  /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/,
  /^[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/,
  /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/,
] as const;

/** The time of an HTTP date in milliseconds; null for every other text, which a server has to ignore. */
export function parseHttpDate(text: string): number | null {
  if (!FORMS.some((form) => form.test(text))) {
    return null;
  }
  const time = Date.parse(text.endsWith("GMT") ? text : `${text} GMT`);
  return Number.isNaN(time) ? null : time;
}
