/** What to run after a decision, and what it settles. */

import { shellQuote } from '../../request/index.ts';
import { formatExpression, sliceExpression, sliceId } from '../../slices/index.ts';
import type { DecideAnswer, DecideParams } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import type { Fallen } from './fallen.ts';

/** Commands for a decision that was just written. */
export function nextCommands(
  { decision, cases }: DecideParams,
  item: Fallen,
  session: StudioSession,
  waiver: DecideAnswer['waiver'],
): DecideAnswer['next'] {
  const gate = gateCommand(session);
  switch (decision) {
    case 'waive':
      return [
        {
          command: gate,
          settles: `${waiver?.file === null ? 'once the entry stands in that file, ' : ''}reads the waiver: the release rolls up without it, and its first line counts it`,
        },
      ];
    case 'uphold':
      return [{ command: gate, settles: 'after the repair, with its results as the candidate' }];
    default:
      return [
        {
          command: drawCommand(item, cases ?? 1, session),
          settles: `draws ${cases} cases of this slice from production logs, with inclusion probabilities, into a queue`,
        },
        ...confirmCommand(session),
      ];
  }
}

/** Repeats the gate so that it reads waivers, also where no file of them is configured. */
export function gateCommand({ request, release }: StudioSession): string {
  const gate = `slicewise gate ${request.inputs}`;
  return release.config.waivers === null ? `${gate} --waivers waivers.yaml` : gate;
}

/** The command that draws fresh cases of a slice. */
export function drawCommand(
  { report }: Pick<Fallen, 'report'>,
  cases: number,
  session: StudioSession,
): string {
  const { config } = session.release;
  const logs = config.inputs.logs.length === 0 ? 'LOGS' : config.inputs.logs.map(shellQuote).join(' ');
  const where = report === null ? null : predicateOf(report.id, session);
  const parts = [
    'slicewise sample',
    logs,
    ...(where === null ? [] : ['--where', shellQuote(where)]),
    `--size ${cases}`,
    '-o fresh.jsonl',
    ...(config.ledger === null ? [] : [`--ledger ${shellQuote(config.ledger.path)}`, '--queue fresh']),
  ];
  return parts.join(' ');
}

/** What holds for exactly the cases of a slice; null where the language of predicates has no words for them. */
function predicateOf(id: string, { release }: StudioSession): string | null {
  const evidence = release.measured.slices.find((one) => sliceId(one.metric.id, one.key) === id);
  const where = evidence && sliceExpression(evidence.scoped.grouping, evidence.key);
  return where ? formatExpression(where) : null;
}

function confirmCommand({ request, release }: StudioSession): DecideAnswer['next'] {
  if (release.config.policy.confirmation === null) {
    return [
      {
        command: `slicewise gate ${request.inputs}`,
        settles: 'once both systems answered the fresh cases and they are part of the results',
      },
    ];
  }
  const rules = request.rules === '' ? '' : ` ${request.rules}`;
  return [
    {
      command: `slicewise gate${rules} --stage-one report.json --confirm-baseline FRESH_OLD --confirm-candidate FRESH_NEW`,
      settles: 'decides the nominees on fresh cases',
    },
  ];
}
