import { Module } from '@nestjs/common';
import { LogReader } from './log.reader.js';
import { LogExport } from './log-export.js';

@Module({ providers: [LogExport, LogReader], exports: [LogExport, LogReader] })
export class AuditModule {}
