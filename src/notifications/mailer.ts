import { Injectable } from '@nestjs/common';
import type { Transporter } from 'nodemailer';
import { Config } from '../config/config.js';

/** What is sent. */
export interface Letter {
  to: string;
  subject: string;
  text: string;
  /** The same for a letter that is sent again, so that whoever reads it sees it once. */
  id: string;
  attachment?: { fileName: string; text: string };
}

const CONNECT_MS = 10_000;
const SILENT_MS = 20_000;

/** Sends e-mail through the server that the settings name. */
@Injectable()
export class Mailer {
  private transport: Transporter | undefined;

  constructor(private readonly config: Config) {}

  /** @throws Error where no server is set, or it cannot be reached, or refuses the letter */
  async send({ to, subject, text, id, attachment }: Letter): Promise<void> {
    const { server } = this.config.mail;
    if (!server) throw new Error('No mail goes out: SMTP_URL and MAIL_FROM are not set.');
    // Most processes never send any.
    const { createTransport } = await import('nodemailer');
    this.transport ??= createTransport({
      url: server.smtpUrl,
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: SILENT_MS,
      // A letter is made of what it is given here: no file and no address is fetched for it.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    await this.transport.sendMail({
      from: server.from,
      // As envelope and header apart, an address is one address, whatever stands in it.
      envelope: { from: server.from, to: [to] },
      to: { name: '', address: to },
      subject,
      text,
      messageId: id,
      attachments: attachment
        ? [{ filename: attachment.fileName, content: attachment.text, contentType: 'text/plain' }]
        : [],
    });
  }
}
