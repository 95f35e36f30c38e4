/** The language of a text, by the package `eld`; its tables are loaded when the first text is asked about. */

/** Answers with an ISO 639-1 code, or `unknown`. */
export type LanguageDetector = (text: string) => string;

/** Characters of a long text that are looked at; more changes nothing. */
const CHARACTERS = 1_000;

/** What the answers come from, for definitions. */
export const LANGUAGE_METHOD = 'eld 2 (medium)';

let loading: Promise<LanguageDetector> | null = null;

/**
 * Loads the detector once. It answers `unknown` for texts without a letter and where the detector itself calls its answer
 * unreliable, as for a word or two, lists of names, or code. It looks at the first 1,000 characters.
 *
 * @example (await loadLanguageDetector())('Where is the card that I ordered?') // 'en'
 */
export function loadLanguageDetector(): Promise<LanguageDetector> {
  loading ??= load();
  return loading;
}

async function load(): Promise<LanguageDetector> {
  const { eld } = await import('eld');
  // The package's main entry has a loader; its types also describe entries without one.
  const own = eld.newInstance() as ReturnType<typeof eld.newInstance> & {
    load(size: string): Promise<unknown>;
  };
  await own.load('medium');
  return (text) => {
    const part = text.length <= CHARACTERS ? text : text.slice(0, CHARACTERS);
    const found = own.detect(part);
    return found.language !== '' && found.isReliable() ? found.language : 'unknown';
  };
}
