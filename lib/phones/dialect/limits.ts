// Beside the schema, so that the form does not load zod.

export const MAX_TEMPLATE_CHARS = 16 * 1024;
export const MAX_EXTRA_NAMES = 16;
export const MAX_NAME_CHARS = 64;
export const ANSWER_STATUSES = { min: 200, max: 499 } as const;
