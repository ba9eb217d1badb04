import { Link } from "#components/ui/link";
import type { Hardware } from "#foundation/core/hardware";

type PhoneNameProps = {
  readonly hardware: Hardware;
  /** The page with details. */
  readonly href?: string;
};

/** Brand and model, with the distinguishing details below. */
export function PhoneName({ hardware, href }: PhoneNameProps) {
  const { deviceType, brand, model, revision, locale } = hardware;
  const name = `${brand} ${model}`;
  return (
    <span className="block min-w-28 font-medium">
      {href === undefined ? (
        name
      ) : (
        <Link href={href} className="text-link">
          {name}
        </Link>
      )}
      <span className="block text-xs font-normal text-ink-muted">
        {[deviceType, revision, locale].join(" · ")}
      </span>
    </span>
  );
}
