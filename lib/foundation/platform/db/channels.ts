/** The NOTIFY channels between processes. The payload is always empty. */
export const RULES_CHANNEL = "ucupdates_rules";
export const SETTINGS_CHANNEL = "ucupdates_settings";
export const HOMES_CHANNEL = "ucupdates_homes";
export const DEVICE_TOKENS_CHANNEL = "ucupdates_device_tokens";
