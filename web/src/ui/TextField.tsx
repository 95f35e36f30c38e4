/** A field for a text, a date or a number, with its label, what it is for, and what is wrong with it. */

import { type HTMLInputTypeAttribute, type ReactNode, type Ref, useId } from 'react';
import { HostileText } from './HostileText.tsx';

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** `area` is several lines. */
  readonly type?: HTMLInputTypeAttribute | 'area';
  /** One short line below. */
  readonly help?: ReactNode;
  /** What is wrong with what stands there; null for nothing. */
  readonly problem?: string | null;
  readonly maxLength?: number;
  readonly min?: string | number;
  readonly disabled?: boolean;
  readonly fieldRef?: Ref<HTMLInputElement & HTMLTextAreaElement>;
}

/** The problem is read out with the field, and told by a word and a colour. */
export function TextField({
  label,
  value,
  onChange,
  type = 'text',
  help,
  problem = null,
  maxLength = 200,
  min,
  disabled = false,
  fieldRef,
}: TextFieldProps) {
  const id = useId();
  const shared = {
    ...{ id, value, maxLength, disabled, ref: fieldRef as Ref<never> },
    'aria-invalid': problem !== null,
    'aria-describedby': problem === null && help === undefined ? undefined : `${id}-more`,
    onChange: ({ target }: { readonly target: { readonly value: string } }) => onChange(target.value),
  };
  return (
    <div className="field text-field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {type === 'area' ? (
        <textarea className="textarea" rows={3} {...shared} />
      ) : (
        <input className="input" type={type} min={min} autoComplete="off" {...shared} />
      )}
      {problem === null && help === undefined ? null : (
        <p id={`${id}-more`} className={problem === null ? 'field-help muted' : 'field-help loss'}>
          {problem === null ? help : <HostileText text={`Not yet: ${problem}`} />}
        </p>
      )}
    </div>
  );
}
