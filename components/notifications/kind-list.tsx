import { useTranslations } from "next-intl";
import { CheckboxField } from "#components/ui/checkbox";
import { NOTICE_KINDS } from "#foundation/notices/model";
import type { NoticeKind } from "#foundation/notices/model";

type KindListProps = {
  readonly legend: string;
  readonly kinds: readonly NoticeKind[];
  readonly onChange: (kinds: readonly NoticeKind[]) => void;
};

/** A checkbox for each kind of event. */
export function KindList({ legend, kinds, onChange }: KindListProps) {
  const t = useTranslations("notices.kinds");
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 text-[0.8125rem] font-medium">{legend}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {NOTICE_KINDS.map((kind) => (
          <CheckboxField
            key={kind}
            label={t(kind)}
            checked={kinds.includes(kind)}
            onChange={({ target }) =>
              onChange(
                NOTICE_KINDS.filter((one) => (one === kind ? target.checked : kinds.includes(one))),
              )
            }
          />
        ))}
      </div>
    </fieldset>
  );
}
