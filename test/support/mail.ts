import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A mail server, and what it was given. */
export interface MailServer {
  /** `SMTP_URL` and `MAIL_FROM`. */
  env: Record<string, string>;
  letters: Array<{ to: string; raw: string }>;
  stop(): Promise<void>;
}

/** Starts a mail server on a port of its own. */
export async function startMailServer(): Promise<MailServer> {
  const letters: MailServer['letters'] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    async onData(stream, { envelope }, callback) {
      const raw = await text(stream);
      letters.push({ to: envelope.rcptTo.map(({ address }) => address).join(), raw });
      callback();
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    env: { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'exemplar@example.org' },
    letters,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
