import { Module } from '@nestjs/common';
import { EvidenceIntake } from './evidence-intake.js';
import { EvidenceStorage } from './evidence-storage.js';

const PROVIDERS = [EvidenceIntake, EvidenceStorage];

/** Files: received, checked, kept. */
@Module({ providers: PROVIDERS, exports: PROVIDERS })
export class StorageModule {}
