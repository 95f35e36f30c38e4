/** Starts the front end: over the studio's server, or over the answers inside this very file. */

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { embeddedSource } from './data/embedded-source.ts';
import { readEmbedded } from './data/read-embedded.ts';
import { servedSource } from './data/served-source.ts';
import { takeStudioKey } from './data/studio-key.ts';
import './ui/styles.css';

const embedded = readEmbedded(document);
if (embedded === null) takeStudioKey();
const source = embedded === null ? servedSource() : embeddedSource(embedded);

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App source={source} />
  </StrictMode>,
);
