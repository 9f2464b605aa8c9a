import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import {
  definedJobs,
  handledJob,
  type JobDefinition,
  type JobHandler,
  type JobPayload,
} from './define-job.js';

export interface RegisteredJob {
  definition: JobDefinition<JobPayload>;
  handler: JobHandler<JobPayload>;
}

/** Finds the handler of each job at boot, and refuses to boot when one has two, or none. */
@Injectable()
export class JobRegistry implements OnModuleInit {
  private readonly jobs = new Map<string, RegisteredJob>();

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    for (const { instance, metatype } of this.discovery.getProviders()) {
      const name = metatype && instance ? handledJob(metatype) : undefined;
      if (name === undefined) continue;
      const definition = definedJobs().get(name);
      if (!definition) throw new Error(`${metatype!.name} handles ${name}, which no defineJob() defines.`);
      if (this.jobs.has(name)) throw new Error(`The job ${name} has two handlers.`);
      this.jobs.set(name, { definition, handler: instance as JobHandler<JobPayload> });
    }
    const orphans = [...definedJobs().keys()].filter((name) => !this.jobs.has(name));
    if (orphans.length > 0) throw new Error(`Jobs without a handler: ${orphans.join(', ')}.`);
  }

  find(name: string): RegisteredJob | undefined {
    return this.jobs.get(name);
  }
}
