/** The frame of one page's content: its heading, what it answers, and panels. */

import type { ReactNode } from 'react';

/** @param lead one sentence that says what the page answers @param tools controls beside the heading */
export function Page({
  title,
  lead,
  tools,
  children,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{title}</h1>
          {lead === undefined ? null : <p className="lead">{lead}</p>}
        </div>
        {tools === undefined ? null : <div className="toolbar">{tools}</div>}
      </div>
      {children}
    </div>
  );
}

/** A titled part of a page. */
export function Panel({
  title,
  tools,
  children,
  className = '',
}: {
  readonly title?: string;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}) {
  return (
    <section className={`panel ${className}`} aria-label={title}>
      {title === undefined ? null : (
        <header className="panel-head">
          <h2>{title}</h2>
          {tools === undefined ? null : <div className="toolbar">{tools}</div>}
        </header>
      )}
      {children}
    </section>
  );
}
