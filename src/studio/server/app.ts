/** Every route of the studio. */

import { Hono } from 'hono';
import {
  type ApiAnswer,
  askService,
  type Complain,
  checkQuestion,
  failure,
  notReadyAnswer,
} from './answer-api.ts';
import type { FrontEnd } from './front-end.ts';
import { createGuard, factsOf, type GuardParts } from './guard.ts';
import { LIMITS } from './limits.ts';
import type { Opening } from './opening.ts';
import { readBody } from './read-body.ts';
import { writeRefusalOf } from './refusal.ts';
import { type Ask, type Environment, refuse, send, sendFile } from './respond.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

/** What an app is made of. */
export interface AppParts extends GuardParts {
  readonly front: FrontEnd;
  readonly opening: Opening;
  readonly complain: Complain;
}

/** All routes. */
export function createApp(parts: AppParts): Hono<Environment> {
  const { opening, complain } = parts;
  const app = new Hono<Environment>();
  const guard = createGuard(parts);
  let asking = 0;

  app.use(async (c, next) => {
    const stopped = await guard(c);
    if (stopped === null) await next();
    const response = stopped ?? c.res;
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      if (!response.headers.has(name)) response.headers.set(name, value);
    }
    if (stopped !== null) return stopped;
  });

  const answer = async (c: Ask, text: string, writes: boolean): Promise<ApiAnswer> => {
    const name = c.req.param('name') ?? '';
    const checked = checkQuestion({ name, writes, text });
    if (!('params' in checked)) return checked;
    const looked = await opening.look();
    if (name === 'reopen') {
      opening.again();
      return { status: 200, body: { opening: true } };
    }
    if ('status' in looked) {
      return name === 'status' ? { status: 200, body: looked.status } : notReadyAnswer(looked.status);
    }
    if (asking >= LIMITS.concurrent) {
      return failure(503, [
        { message: 'too many questions at the same time', hint: 'ask again in a moment' },
      ]);
    }
    asking += 1;
    const work = askService(name, checked.params, looked.session, complain).finally(() => {
      asking -= 1;
    });
    return inTime(work);
  };

  app.get('/api/:name', async (c) => {
    const text = c.req.query('q') ?? '{}';
    if (text.length > LIMITS.query) {
      return send(
        c,
        failure(414, [
          { message: `the parameters have ${text.length} characters, at most ${LIMITS.query} are taken` },
        ]),
      );
    }
    return send(c, await answer(c, text, false));
  });
  app.post('/api/:name', async (c) => {
    const refused = writeRefusalOf(factsOf(c));
    if (refused !== null) return refuse(c, refused);
    const body = await readBody(c.req.raw, LIMITS.body);
    return send(c, body === null ? tooLarge() : await answer(c, body, true));
  });
  app.all('/api/*', (c) => send(c, failure(404, [{ message: 'there is no such endpoint' }])));
  app.get('*', (c) => sendFile(c, parts.front));
  app.notFound((c) => send(c as Ask, failure(405, [{ message: 'this cannot be asked in this way' }])));
  app.onError((error, c) => {
    complain(error);
    return send(c as Ask, failure(500, [{ message: 'this should not have happened: a fault of slicewise' }]));
  });
  return app;
}

function tooLarge(): ApiAnswer {
  return failure(413, [{ message: `the body is larger than ${LIMITS.body} bytes` }]);
}

/** The answer, or after a long time the advice to ask again: the work goes on, and sessions keep what they computed. */
async function inTime(work: Promise<ApiAnswer>): Promise<ApiAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<ApiAnswer>((resolve) => {
    timer = setTimeout(
      () =>
        resolve(
          failure(504, [
            { message: 'this takes longer than expected', hint: 'it goes on; ask again in a moment' },
          ]),
        ),
      LIMITS.answerMs,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
