/** Questions that the inputs do not answer, each with what to configure. */

import { HostileText } from '../../ui/HostileText.tsx';
import { Panel } from '../../ui/Page.tsx';

export function MissingList({
  missing,
}: {
  readonly missing: readonly { readonly what: string; readonly todo: string }[];
}) {
  if (missing.length === 0) return null;
  return (
    <Panel title="Cannot tell">
      <ul className="health-missing">
        {missing.map(({ what, todo }) => (
          <li key={what}>
            <HostileText text={what} />
            <span className="muted">
              <HostileText text={todo} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
