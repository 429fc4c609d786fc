import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { HANDLES_JOB, type JobDefinition, type JobHandler } from './job.js';

/** A job and what does it. */
export interface RegisteredJob {
  definition: JobDefinition;
  handler: JobHandler<object>;
}

/** Every job of the program with its handler, checked against each other when the program starts. */
@Injectable()
export class JobRegistry {
  private readonly definitions = new Map<string, JobDefinition>();
  private readonly handlers = new Map<string, JobHandler<object>>();

  /** @param jobs the one list of every job @throws Error where two have the same name */
  constructor(
    private readonly discovery: DiscoveryService,
    jobs: readonly JobDefinition[],
  ) {
    for (const job of jobs) {
      if (this.definitions.has(job.name)) throw new Error(`The job ${job.name} is listed twice.`);
      this.definitions.set(job.name, job);
    }
  }

  /** @throws Error naming every job without a handler or with two, and every handler of a job that is not listed */
  onModuleInit(): void {
    const faults: string[] = [];
    for (const { instance, metatype } of this.discovery.getProviders()) {
      if (!metatype || !instance) continue;
      const job: JobDefinition | undefined = Reflect.getMetadata(HANDLES_JOB, metatype);
      if (!job || this.handlers.get(job.name) === instance) continue;
      const first = this.handlers.get(job.name);
      if (!this.definitions.has(job.name))
        faults.push(`${metatype.name} handles the job ${job.name}, which QueueModule's jobs do not list`);
      else if (first)
        faults.push(`the job ${job.name} has two handlers: ${first.constructor.name} and ${metatype.name}`);
      this.handlers.set(job.name, instance as JobHandler<object>);
    }
    for (const name of this.definitions.keys())
      if (!this.handlers.has(name))
        faults.push(`the job ${name} has no handler: mark a provider with @HandlesJob`);
    if (faults.length > 0)
      throw new Error(`The queue cannot start:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }

  /** A listed job. @throws Error where there is none of this name */
  job(name: string): JobDefinition {
    const job = this.definitions.get(name);
    if (!job) throw new Error(`There is no job ${name}: list it in QueueModule's jobs.`);
    return job;
  }

  find(name: string): JobDefinition | undefined {
    return this.definitions.get(name);
  }

  /** A listed job with its handler. @throws Error where there is none of this name */
  registered(name: string): RegisteredJob {
    return { definition: this.job(name), handler: this.handlers.get(name) as JobHandler<object> };
  }
}
