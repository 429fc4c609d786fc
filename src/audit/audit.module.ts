import { Module } from '@nestjs/common';
import { LogReader } from './log.reader.js';

@Module({ providers: [LogReader], exports: [LogReader] })
export class AuditModule {}
