/** What one mistake costs, typed by a person; told when typing pauses and the text is a number. */

import { useEffect, useId, useState } from 'react';
import { readCost } from './threshold-numbers.ts';

const TYPING_MS = 400;

export function CostInput({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: number;
  readonly onChange: (text: string) => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState(String(value));
  const isNumber = readCost(typed) !== null;
  useEffect(() => setTyped(String(value)), [value]);
  useEffect(() => {
    if (readCost(typed) === null || readCost(typed) === value) return;
    const timer = setTimeout(() => onChange(typed.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className="input classes-cost"
        inputMode="decimal"
        value={typed}
        maxLength={16}
        aria-invalid={!isNumber}
        aria-describedby={isNumber ? undefined : `${id}-problem`}
        onChange={({ target }) => setTyped(target.value)}
      />
      {isNumber ? null : (
        <span id={`${id}-problem`} className="loss">
          a number such as 5 or 0.5
        </span>
      )}
    </div>
  );
}
