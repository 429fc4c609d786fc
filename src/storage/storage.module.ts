import { Module } from '@nestjs/common';
import { EvidenceFiles } from './evidence-files.js';
import { EvidenceStorage } from './evidence-storage.js';

const PROVIDERS = [EvidenceFiles, EvidenceStorage];

/** Files: received, checked, kept. */
@Module({ providers: PROVIDERS, exports: PROVIDERS })
export class StorageModule {}
