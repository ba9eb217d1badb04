/** The NOTIFY channels between processes. The payload is empty, except where it says otherwise. */
export const RULES_CHANNEL = "ucupdates_rules";
export const SETTINGS_CHANNEL = "ucupdates_settings";
export const HOMES_CHANNEL = "ucupdates_homes";
export const DEVICE_TOKENS_CHANNEL = "ucupdates_device_tokens";
/** What open pages show has changed. The payload is one of `LIVE_TOPICS`. */
export const LIVE_CHANNEL = "ucupdates_live";
