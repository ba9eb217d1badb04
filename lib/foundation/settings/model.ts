/** Something an administrator set. What its value looks like is known by whoever named it. */
export type StoredSetting = {
  readonly name: string;
  readonly value: unknown;
  readonly updatedAt: Date;
  readonly updatedBy: string;
};

/** What can be kept: plain JSON. */
export type SettingValue = { readonly [name: string]: SettingPart | undefined };
type SettingPart = string | number | boolean | readonly SettingPart[] | SettingValue;
