import { Module } from '@nestjs/common';
import { FindingService } from './finding.service.js';

@Module({ providers: [FindingService], exports: [FindingService] })
export class FindingsModule {}
