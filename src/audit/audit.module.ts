import { Module } from '@nestjs/common';
import { LogReader } from './log.reader.js';
import { ProofReader } from './proof.reader.js';

@Module({ providers: [LogReader, ProofReader], exports: [LogReader, ProofReader] })
export class AuditModule {}
