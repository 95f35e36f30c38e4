/** What the case is called, what became of it, and ways to take it elsewhere. */

import { useState } from 'react';
import type { CaseAnswer } from '../../../../src/studio/contract/index.ts';
import { rateText, valueText } from '../../format/numbers.ts';
import { copyText } from '../../ui/clipboard.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { useShortcuts } from '../../ui/shortcuts.tsx';
import { CLASS_LOOKS, ClassBadge } from './case-class.tsx';
import { caseMarkdown } from './case-markdown.ts';
import type { TrialPair } from './trial-pairs.ts';

export function CaseHead({ answer, pair }: { readonly answer: CaseAnswer; readonly pair: TrialPair }) {
  const [said, setSaid] = useState('');
  const copy = async (what: string, text: string) =>
    setSaid(
      (await copyText(text)) ? `${what} copied` : `the browser does not let ${what.toLowerCase()} be copied`,
    );
  const copyLink = () => void copy('Link', window.location.href);
  const copyMarkdown = () => void copy('Markdown', caseMarkdown(answer, pair));
  useShortcuts('This case', [
    { keys: 'y', does: 'copy the link', run: copyLink },
    { keys: 'm', does: 'copy as Markdown', run: copyMarkdown },
  ]);
  const { metric, before, after, hasBaseline } = answer;
  const text = (value: number | null) => (metric.isRate ? rateText(value) : valueText(value));
  return (
    <header className="case-head">
      <div>
        <h2 className="case-title">
          <HostileText text={answer.id.text} most={160} />
        </h2>
        <p className="case-verdict">
          <ClassBadge of={answer.class} hasBaseline={hasBaseline} />{' '}
          <span className="number">
            {metric.name} {hasBaseline ? `${text(before)} → ` : ''}
            {text(after)}
          </span>{' '}
          <span className="muted">
            {answer.class === 'edited' || answer.class === 'unscored' ? CLASS_LOOKS[answer.class].means : ''}
          </span>
        </p>
      </div>
      <div className="toolbar">
        <button type="button" className="button quiet" onClick={copyLink}>
          Copy link
        </button>
        <button type="button" className="button quiet" onClick={copyMarkdown}>
          Copy Markdown
        </button>
        <span className="visually-hidden" role="status">
          {said}
        </span>
        <span className="case-said muted" aria-hidden="true">
          {said}
        </span>
      </div>
    </header>
  );
}
