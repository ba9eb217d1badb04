import type { Hardware } from "#lib/core/hardware";

type PhoneNameProps = { readonly hardware: Hardware };

/** Brand and model as people say it, and what tells apart phones of that name below. */
export function PhoneName({ hardware }: PhoneNameProps) {
  const { deviceType, brand, model, revision, locale } = hardware;
  return (
    <span className="block min-w-28">
      <span className="block font-medium">
        {brand} {model}
      </span>
      <span className="block text-xs text-ink-muted">
        {[deviceType, revision, locale].join(" · ")}
      </span>
    </span>
  );
}
