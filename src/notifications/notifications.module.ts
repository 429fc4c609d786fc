import { Module } from '@nestjs/common';
import { MailCheckpoints } from './mail-checkpoints.job.js';
import { Mailer } from './mailer.js';
import { SendCheckpoint } from './send-checkpoint.job.js';

/** What is sent, to whom, through what. */
@Module({ providers: [Mailer, MailCheckpoints, SendCheckpoint], exports: [Mailer] })
export class NotificationsModule {}
