import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { Project } from './project.entity.js';

/** Projects, and whose they are. */
@Injectable()
export class ProjectService {
  /**
   * Gives projects to another trust, with their goals, milestones and evidence: those follow by their foreign keys. What
   * was reported of them stays with the trust that reported it.
   * @throws Problem 404 where one is not there
   */
  async handOver(tx: Tx, projectIds: readonly string[], trustId: string): Promise<void> {
    const projects = await tx.lockAll(Project, projectIds, 'project');
    for (const project of projects.values()) await tx.change(Project, project, { trust_id: trustId });
  }
}
