/** A setting that an administrator changed. The domain that defines its name validates its value. */
export type StoredSetting = {
  readonly name: string;
  readonly value: unknown;
  readonly updatedAt: Date;
  readonly updatedBy: string;
};

/** The values that can be stored: plain JSON. */
export type SettingValue = { readonly [name: string]: SettingPart | undefined };
type SettingPart = string | number | boolean | null | readonly SettingPart[] | SettingValue;
