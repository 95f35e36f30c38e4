/** The error tree: splits that tell failing cases from others, chosen on one half of the cases and measured on the other. */

import * as Plot from '@observablehq/plot';
import { type KeyboardEvent, useMemo, useRef } from 'react';
import { visible } from '../../../../src/reports/format/visible.ts';
import type { ExploreNode } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countText, measuredText, rateText } from '../../format/numbers.ts';
import { Copyable } from '../../ui/Copyable.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { harmless } from '../../ui/foreign-name.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { EstimateText } from '../../ui/Measures.tsx';
import { PlotPicture } from '../../ui/PlotPicture.tsx';
import { Failed, Loading, TooLittle } from '../../ui/states.tsx';
import { useView } from '../../view.ts';
import type { ExploreTabProps } from './CrossFilter.tsx';
import { EXPLORE_VIEW } from './explore-view.ts';
import type { FigureScale } from './figure-scale.ts';
import { IntervalMark } from './IntervalMark.tsx';
import { SelectionActions } from './links.tsx';
import { pWith } from './p-with.ts';

export function TreeView({ dimensions, scope, state }: ExploreTabProps) {
  const [view, change] = useView(EXPLORE_VIEW);
  const question = useStudio('explore-tree', { ...scope, where: null });
  const { data } = question;
  if (question.error !== null) return <Failed error={question.error} retry={() => void question.refetch()} />;
  if (data === undefined) return <Loading height={560} what="Growing the tree" />;
  const { nodes, minLeaf } = data;
  const chosen = nodes.find(({ id }) => id === view.node) ?? nodes[0]!;
  const { metric } = dimensions;
  const text = metric.isRate ? rateText : measuredText;
  const scale = scaleOf(nodes, metric.isRate, text);
  const caption = `Each split is the one condition that tells most about the errors, chosen on one half of the cases; the numbers are those of the other half, so that they are no better than they look. No side has fewer than ${countText(minLeaf)} cases, and a split must beat chance over all that were possible.`;
  return (
    <>
      {nodes.length > 1 ? null : (
        <TooLittle title="No split explains the errors">
          <p>
            {nodes[0]?.stopped === null ? '' : `The search says: ${nodes[0]?.stopped}. `}Failing cases look
            like all others in these dimensions, or there are too few of them to say. More cases, or more
            columns, may tell.
          </p>
        </TooLittle>
      )}
      <div className="tree-beside">
        <Figure
          title={`Error tree of ${metric.name} after`}
          caption={caption}
          table={() => ({
            columns: [
              'depth',
              'condition',
              'cases (half)',
              metric.name,
              'lower',
              'upper',
              'share of all errors',
            ],
            rows: nodes.map(({ depth, condition, cases, rate, errorShare }) => [
              ...[depth, condition, cases, rate.estimate, rate.lower, rate.upper, errorShare],
            ]),
          })}
        >
          <TreePicture {...{ nodes, text }} name={metric.name} />
          <Tree
            {...{ nodes, scale, text }}
            chosen={chosen.id}
            onChoose={(node) => change({ node }, { replace: true })}
          />
        </Figure>
        <NodePanel
          node={chosen}
          nodes={nodes}
          text={text}
          isRate={metric.isRate}
          onFilter={() => state.replace(chosen.choice, { tab: 'filter' })}
        />
      </div>
    </>
  );
}

/** What is copied as a picture: the tree itself is made of lines that can be chosen. */
function TreePicture({
  nodes,
  text,
  name,
}: {
  readonly nodes: readonly ExploreNode[];
  readonly text: FigureScale['text'];
  readonly name: string;
}) {
  const options = useMemo((): Plot.PlotOptions => {
    const rows = nodes.map((node) => ({
      ...{ id: node.id, estimate: node.rate.estimate, lower: node.rate.lower, upper: node.rate.upper },
      label: `${'   '.repeat(node.depth)}${harmless(node.condition, 50)} (${countText(node.cases)})`,
    }));
    const nameOf = (id: string) => rows.find((row) => row.id === id)?.label ?? '';
    return {
      ...{ marginLeft: 380, x: { label: name, grid: true, tickFormat: (value: number) => text(value) } },
      y: { domain: rows.map(({ id }) => id), tickFormat: nameOf, tickSize: 0, label: null },
      marks: [
        Plot.ruleY(rows, { y: 'id', x1: 'lower', x2: 'upper', stroke: 'var(--before)', strokeWidth: 2 }),
        Plot.dot(rows, { y: 'id', x: 'estimate', r: 4, fill: 'var(--after)' }),
      ],
    };
  }, [nodes, text, name]);
  return (
    <div className="beyond-sight" aria-hidden="true">
      <PlotPicture alt="" height={60 + 24 * nodes.length} options={options} />
    </div>
  );
}

function scaleOf(nodes: readonly ExploreNode[], isRate: boolean, text: FigureScale['text']): FigureScale {
  const mark = nodes[0]!.rate.estimate;
  if (isRate) return { low: 0, high: 1, mark, text };
  const ends = nodes.flatMap(({ rate: { lower, upper, estimate } }) =>
    [lower, upper, estimate].filter((value) => value !== null),
  );
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  return { low, high: high > low ? high : low + 1, mark, text };
}

interface TreeProps {
  readonly nodes: readonly ExploreNode[];
  readonly scale: FigureScale;
  readonly text: FigureScale['text'];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

/** Arrows move: up and down over the lines, left to the parent, right to the first child. */
function Tree({ nodes, scale, text, chosen, onChoose }: TreeProps) {
  const place = useRef<HTMLDivElement>(null);
  const go = (id: string | undefined) => {
    if (id === undefined) return;
    onChoose(id);
    place.current?.querySelector<HTMLElement>(`[data-node="${id}"]`)?.focus();
  };
  const onKey = (event: KeyboardEvent, at: number) => {
    const { id, parent } = nodes[at]!;
    const to: Readonly<Record<string, () => string | undefined>> = {
      ArrowDown: () => nodes[at + 1]?.id,
      ArrowUp: () => nodes[at - 1]?.id,
      ArrowLeft: () => parent ?? undefined,
      ArrowRight: () => nodes.find((node) => node.parent === id)?.id,
      Home: () => nodes[0]?.id,
      End: () => nodes.at(-1)?.id,
    };
    const move = to[event.key];
    if (move === undefined) return;
    event.preventDefault();
    go(move());
  };
  const most = Math.max(1, ...nodes.map(({ cases }) => cases));
  return (
    <div ref={place} role="tree" aria-label="Error tree" className="error-tree">
      {nodes.map(({ id, depth, parent, condition, cases, rate, errorShare }, at) => {
        const siblings = nodes.filter((node) => node.parent === parent);
        const children = nodes.some((node) => node.parent === id);
        return (
          <div
            key={id}
            role="treeitem"
            data-node={id}
            className="tree-node"
            aria-level={depth + 1}
            aria-setsize={siblings.length}
            aria-posinset={siblings.findIndex((node) => node.id === id) + 1}
            aria-selected={id === chosen}
            {...(children ? { 'aria-expanded': true } : {})}
            tabIndex={id === chosen ? 0 : -1}
            onClick={() => go(id)}
            onKeyDown={(event) => onKey(event, at)}
          >
            <span className="tree-condition" style={{ paddingLeft: `${depth * 1.3}rem` }}>
              <HostileText text={condition} most={80} />
            </span>
            <span className="value-bar" aria-hidden="true">
              <i className="fill" style={{ width: `${(cases / most) * 100}%` }} />
            </span>
            <span className="number">
              {countText(cases)}
              <span className="visually-hidden"> cases,</span>
            </span>
            <IntervalMark
              estimate={rate.estimate}
              lower={rate.lower}
              upper={rate.upper}
              scale={scale}
              tone=""
            />
            <span className="number">{text(rate.estimate)}</span>
            <span className="number muted tree-share">
              {errorShare === null ? '–' : `${rateText(errorShare)} of errors`}
            </span>
          </div>
        );
      })}
    </div>
  );
}

function NodePanel({
  node,
  nodes,
  text,
  isRate,
  onFilter,
}: {
  readonly node: ExploreNode;
  readonly nodes: readonly ExploreNode[];
  readonly text: FigureScale['text'];
  readonly isRate: boolean;
  readonly onFilter: () => void;
}) {
  const path: ExploreNode[] = [];
  for (let at: ExploreNode | undefined = node; at !== undefined; ) {
    path.unshift(at);
    const { parent }: ExploreNode = at;
    at = nodes.find(({ id }) => id === parent);
  }
  const names = path.slice(1).map(({ condition }) => visible(condition));
  const { definition, chosenOn, stopped, splitP } = node;
  return (
    <section className="panel node-panel" aria-label="Node">
      <h2>{names.length === 0 ? 'All cases' : harmless(names.join(' and '), 300)}</h2>
      <dl className="facts">
        <div>
          <dt>on the other half</dt>
          <dd>
            <EstimateText of={node.rate} unit={isRate ? 'rate' : 'number'} />
          </dd>
        </div>
        <div>
          <dt>where it was chosen</dt>
          <dd>
            {text(chosenOn.rate)}{' '}
            <span className="muted">n&nbsp;{countText(chosenOn.cases)}, too good to be true</span>
          </dd>
        </div>
        <div>
          <dt>{stopped === null ? 'split below' : 'not split'}</dt>
          <dd>{stopped ?? `p ${pWith(splitP)}, corrected for all splits that were possible`}</dd>
        </div>
      </dl>
      {definition.predicate === null ? (
        <p className="muted">
          No predicate: <HostileText text={definition.whyNot ?? ''} most={300} />.
        </p>
      ) : (
        <Copyable text={definition.predicate} what="the predicate" />
      )}
      <div className="toolbar">
        <button type="button" className="button" disabled={names.length === 0} onClick={onFilter}>
          Filter by it
        </button>
        <SelectionActions
          definition={definition}
          seenIn="error tree"
          name={harmless(names.join(' and '), 120)}
          cases={node.allCases}
        />
      </div>
    </section>
  );
}
