import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { ProofController } from './proof.controller.js';

/** The proof of the log, as the API shows it. */
@Module({ imports: [AuditModule], controllers: [ProofController] })
export class ProofApiModule {}
