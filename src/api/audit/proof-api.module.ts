import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { LogExportController } from './log-export.controller.js';
import { ProofController } from './proof.controller.js';

/** The proof of the log, and what an auditor takes home of it, as the API gives them. */
@Module({ imports: [AuditModule], controllers: [LogExportController, ProofController] })
export class ProofApiModule {}
