import type { Environment } from './environment.js';

/** What goes out by e-mail: through what, and to whom. */
export interface MailConfig {
  /** Undefined: no mail goes out. */
  server: MailServer | undefined;
  /** The addresses of auditors, who are sent the newest checkpoint each day. */
  auditors: readonly string[];
  /** The addresses to which notices for an organisation go, by its ODS code. */
  notices: ReadonlyMap<string, readonly string[]>;
}

interface MailServer {
  /** The mail server, with its login where it asks for one. Never logged. */
  smtpUrl: string;
  from: string;
}

const ADDRESS = /^[A-Za-z0-9.!#$%&'*/=?^_`{|}~+-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$/;

/** Whether a text is one address, bare: no name beside it, and nothing that could begin another header. */
export const isAddress = (text: string): boolean => ADDRESS.test(text);

/** Reads what the environment says of e-mail, and adds what is wrong to its faults. */
export function readMail(env: Environment): MailConfig {
  const mail = { server: readServer(env), auditors: readAuditors(env), notices: readNotices(env) };
  for (const [name, named] of [
    ['CHECKPOINT_MAIL_TO', mail.auditors.length > 0],
    ['NOTICE_MAIL_TO', mail.notices.size > 0],
  ])
    if (named && env.text('SMTP_URL') === undefined)
      env.faults.push(`SMTP_URL must be set with ${name}: the server that mail goes through.`);
  return mail;
}

function readServer(env: Environment): MailServer | undefined {
  const smtpUrl = env.server('SMTP_URL', ['smtp:', 'smtps:']);
  const from = env.text('MAIL_FROM');
  if (from !== undefined && !isAddress(from))
    env.faults.push(`MAIL_FROM is "${from}"; it must be one address, such as exemplar@example.org.`);
  if (smtpUrl !== undefined && from === undefined)
    env.faults.push('MAIL_FROM must be set with SMTP_URL: the address that mail comes from.');
  return smtpUrl !== undefined && from !== undefined ? { smtpUrl, from } : undefined;
}

function readAuditors(env: Environment): string[] {
  const to = listed(env, 'CHECKPOINT_MAIL_TO');
  for (const address of to)
    if (!isAddress(address))
      env.faults.push(
        `CHECKPOINT_MAIL_TO has "${address}"; write addresses such as audit@example.org, with commas between.`,
      );
  return to;
}

/** Such as `RW4=digital@example.org, RV5=projects@example.org`; an organisation may be named more than once. */
function readNotices(env: Environment): Map<string, string[]> {
  const to = new Map<string, string[]>();
  for (const entry of listed(env, 'NOTICE_MAIL_TO')) {
    const [, ods = '', address = ''] = /^([A-Za-z0-9]{1,12})\s*=\s*(\S+)$/.exec(entry) ?? [];
    if (isAddress(address)) to.set(ods.toUpperCase(), [...(to.get(ods.toUpperCase()) ?? []), address]);
    else
      env.faults.push(
        `NOTICE_MAIL_TO has "${entry}"; write an ODS code and an address, such as RW4=digital@example.org, with commas between.`,
      );
  }
  return to;
}

const listed = (env: Environment, name: string): string[] =>
  (env.text(name) ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
