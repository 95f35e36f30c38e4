/** Looks answers up in the HTML report that is open. */

import { answerKey, type EmbeddedDocument, unpacked } from '../../../src/studio/contract/embedded.ts';
import { LOCAL_ANSWERS, type LocalAnswer } from './local-answers.ts';
import { type Answer, AskError, type DataSource, type Params, type ReadName } from './source.ts';

/** The answers of a file; what it does not hold says how to open the studio. */
export function embeddedSource({
  index,
  parts,
  notices,
  command,
  home,
  hidden,
}: EmbeddedDocument): DataSource {
  const places = unpacked<Readonly<Record<string, number>>>(index);
  const open = new Map<number, Promise<Readonly<Record<string, unknown>>>>();
  const answersOf = (part: number) => {
    const known = open.get(part) ?? unpacked<Readonly<Record<string, unknown>>>(parts[part]!);
    open.set(part, known);
    return known;
  };
  const missing = () =>
    new AskError(
      'missing',
      [
        {
          message: 'This file does not hold the answer.',
          hint: 'The studio reads the results themselves and shows it.',
          where: null,
        },
      ],
      command,
    );
  const source: DataSource = {
    kind: 'embedded',
    ...{ notices, home, hidden },
    ask: async <Name extends ReadName>(name: Name, params: Params<Name>) => {
      const key = answerKey(name, params);
      const known = await places;
      if (Object.hasOwn(known, key)) return (await answersOf(known[key]!))[key] as Answer<Name>;
      const compute = LOCAL_ANSWERS[name] as LocalAnswer<Name> | undefined;
      if (compute === undefined) throw missing();
      return compute(params, source);
    },
    tell: async () => {
      throw missing();
    },
  };
  return source;
}
