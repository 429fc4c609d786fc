import { Module } from '@nestjs/common';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { DefinitionSections } from '../programmes/definition-section.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { StorageModule } from '../storage/storage.module.js';
import { AssuranceNoticeService } from './assurance-notice.service.js';
import { EvidenceReader } from './evidence.reader.js';
import { EvidenceService } from './evidence.service.js';
import { GoLivesReader } from './go-lives.reader.js';
import { MILESTONE_SECTIONS } from './milestone.sections.js';
import { MilestoneService } from './milestone.service.js';
import { MilestonesReader } from './milestones.reader.js';
import { NoticeEndingAssurance } from './notice-ending-assurance.job.js';
import { SendAssuranceNotices } from './send-assurance-notices.job.js';

const PROVIDERS = [EvidenceReader, EvidenceService, GoLivesReader, MilestoneService, MilestonesReader];

@Module({
  imports: [NotificationsModule, ProgrammesModule, StorageModule],
  providers: [...PROVIDERS, AssuranceNoticeService, NoticeEndingAssurance, SendAssuranceNotices],
  exports: PROVIDERS,
})
export class MilestonesModule {
  constructor(sections: DefinitionSections) {
    sections.give(...MILESTONE_SECTIONS);
  }
}
