/** Choices: one of a few, one of many, a number on a scale, a text to search. Radix does the keyboard and the roles. */

import {
  Label,
  Select as RadixSelect,
  Slider as RadixSlider,
  Tabs as RadixTabs,
  ToggleGroup,
} from 'radix-ui';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { visible } from '../../../src/reports/format/visible.ts';
import { useShortcuts } from './shortcuts.tsx';
import { useInertOthers } from './use-inert-others.ts';

/** One choice. */
export interface Choice<Value extends string = string> {
  readonly value: Value;
  /** May be foreign: what cannot be seen or turns the reading direction is spelled out. */
  readonly label: string;
}

/** A few choices side by side; exactly one holds. */
export function Segmented<Value extends string>({
  label,
  value,
  choices,
  onChange,
}: {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (value: Value) => void;
}) {
  return (
    <ToggleGroup.Root
      className="segmented"
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        // A second click on the chosen one answers with an empty text: one choice always holds.
        if (next !== '') onChange(next as Value);
      }}
    >
      {choices.map((choice) => (
        <ToggleGroup.Item key={choice.value} className="segment" value={choice.value}>
          {visible(choice.label)}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}

/** Radix wants no empty value; choices may have one. */
const NONE = '\u0000';

/** One of many choices. */
export function Select<Value extends string>({
  label,
  value,
  choices,
  onChange,
  hideLabel = false,
}: {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (value: Value) => void;
  readonly hideLabel?: boolean;
}) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  useInertOthers(isOpen);
  return (
    <div className="field">
      <Label.Root className={hideLabel ? 'visually-hidden' : 'field-label'} htmlFor={id}>
        {label}
      </Label.Root>
      <RadixSelect.Root
        value={value === '' ? NONE : value}
        onValueChange={(next) => onChange((next === NONE ? '' : next) as Value)}
        onOpenChange={setOpen}
      >
        <RadixSelect.Trigger id={id} className="select">
          <RadixSelect.Value />
          <RadixSelect.Icon className="select-icon">▾</RadixSelect.Icon>
        </RadixSelect.Trigger>
        <RadixSelect.Portal>
          <RadixSelect.Content className="select-list" position="popper" sideOffset={4}>
            <RadixSelect.Viewport>
              {choices.map((choice) => (
                <RadixSelect.Item
                  key={choice.value}
                  className="select-item"
                  value={choice.value === '' ? NONE : choice.value}
                >
                  <RadixSelect.ItemText>
                    <bdi>{visible(choice.label)}</bdi>
                  </RadixSelect.ItemText>
                </RadixSelect.Item>
              ))}
            </RadixSelect.Viewport>
          </RadixSelect.Content>
        </RadixSelect.Portal>
      </RadixSelect.Root>
    </div>
  );
}

/** A number, or two as a range, on a scale, with its value written beside the label. */
export function Slider({
  label,
  value,
  min,
  max,
  step,
  format,
  onChange,
}: {
  readonly label: string;
  /** One number, or the two ends of a range. */
  readonly value: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly format: (value: number) => string;
  readonly onChange: (value: readonly number[]) => void;
}) {
  const names = value.length === 1 ? [label] : [`${label}, from`, `${label}, to`];
  return (
    <div className="field slider-field">
      <span className="field-label">
        {label}: <output>{value.map(format).join(' to ')}</output>
      </span>
      <RadixSlider.Root
        className="slider"
        value={[...value]}
        onValueChange={onChange}
        {...{ min, max, step }}
        minStepsBetweenThumbs={0}
      >
        <RadixSlider.Track className="slider-track">
          <RadixSlider.Range className="slider-range" />
        </RadixSlider.Track>
        {names.map((name, i) => (
          <RadixSlider.Thumb
            key={name}
            className="slider-thumb"
            aria-label={name}
            aria-valuetext={format(value[i]!)}
          />
        ))}
      </RadixSlider.Root>
    </div>
  );
}

const TYPING_MS = 200;

/** A text to search for; `/` goes there. `onChange` is told when typing pauses. */
export function SearchBox({
  label,
  value,
  onChange,
  placeholder,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
}) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const told = useRef(value);
  useShortcuts('This page', [
    { keys: '/', does: `search: ${label.toLowerCase()}`, run: () => input.current?.focus() },
  ]);
  useEffect(() => {
    // The address changed from elsewhere: back button, a link.
    if (value !== told.current) {
      told.current = value;
      setTyped(value);
    }
  }, [value]);
  useEffect(() => {
    if (typed === told.current) return;
    const timer = setTimeout(() => {
      told.current = typed;
      onChange(typed);
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, onChange]);
  return (
    <div className="field">
      <label className="visually-hidden" htmlFor={id}>
        {label}
      </label>
      <input
        ref={input}
        id={id}
        className="input"
        type="search"
        value={typed}
        maxLength={1000}
        placeholder={placeholder ?? label}
        onChange={({ target }) => setTyped(target.value)}
      />
    </div>
  );
}

/** Views of one thing, one at a time. */
export function Tabs<Value extends string>({
  label,
  value,
  tabs,
  onChange,
}: {
  readonly label: string;
  readonly value: Value;
  readonly tabs: readonly (Choice<Value> & { readonly content: ReactNode })[];
  readonly onChange: (value: Value) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  // On a narrow screen the list scrolls sideways: the chosen tab must not be beyond its edge.
  useEffect(() => {
    const chosen = list.current?.querySelector<HTMLElement>(`[data-tab="${value}"]`);
    if (!list.current || !chosen) return;
    const [box, own] = [list.current.getBoundingClientRect(), chosen.getBoundingClientRect()];
    if (own.left < box.left || own.right > box.right) {
      list.current.scrollLeft += own.left - box.left - (box.width - own.width) / 2;
    }
  }, [value]);
  return (
    <RadixTabs.Root className="tabs" value={value} onValueChange={(next) => onChange(next as Value)}>
      <RadixTabs.List ref={list} className="tab-list" aria-label={label}>
        {tabs.map((tab) => (
          <RadixTabs.Trigger key={tab.value} className="tab" value={tab.value} data-tab={tab.value}>
            {tab.label}
          </RadixTabs.Trigger>
        ))}
      </RadixTabs.List>
      {tabs.map((tab) => (
        <RadixTabs.Content key={tab.value} className="tab-content" value={tab.value}>
          {tab.value === value ? tab.content : null}
        </RadixTabs.Content>
      ))}
    </RadixTabs.Root>
  );
}
