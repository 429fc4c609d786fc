import { createHash } from 'node:crypto';
import type { Letter } from '../notifications/mailer.js';
import type { LetterNotice } from './assurance-notice.queries.js';

const plural = (count: number): string => (count === 1 ? '1 piece' : `${count} pieces`);

/**
 * What whoever leads a trust's projects is sent: what ends, before what, and who renews it. The same notices are the
 * same letter, so that it is seen once where a mail server takes it twice.
 * @param notices of one trust and programme, one at least
 * @param address where this server is reached; undefined where the settings do not say
 */
export function assuranceLetter(
  notices: readonly [LetterNotice, ...LetterNotice[]],
  { to, address = 'this server' }: { to: string; address: string | undefined },
): Letter {
  const [{ trust, programme }] = notices;
  const items = [...new Set(notices.map(({ itemId }) => itemId))];
  const hash = createHash('sha256')
    .update(JSON.stringify([to, ...notices.map(({ id }) => id)]))
    .digest('hex')
    .slice(0, 32);
  const lines = notices.map(({ words, itemId }) => `- ${words}\n  ${address}/assurance/${itemId}`);
  return {
    to,
    subject: `${trust.name}: ${plural(items.length)} of assurance ${items.length === 1 ? 'ends' : 'end'}`,
    id: `<${hash}@notices.exemplar.invalid>`,
    text: `${programme.name}

No go-live is met without evidence of safety and governance that holds on its day, and a gate
that rests on a live service shuts when its evidence ends. Of ${trust.name} this ends:

${lines.join('\n\n')}

All that is missing or ends: ${address}/programmes/${programme.slug}/assurance

Each is said once for each time before its end, and not again once it is renewed.
`,
  };
}
