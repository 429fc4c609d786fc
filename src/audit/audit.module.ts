import { Module } from '@nestjs/common';
import { LogReader } from './log.reader.js';
import { LogExport } from './log-export.js';
import { ProofReader } from './proof.reader.js';

const READERS = [LogExport, LogReader, ProofReader];

@Module({ providers: READERS, exports: READERS })
export class AuditModule {}
