import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Authentication } from './authentication.js';
import { BaseAddress } from './base-address.js';
import { mountBuiltInProvider } from './built-in-mount.js';
import { BuiltInProvider } from './built-in-provider.js';
import { ClearSignInsJob } from './clear-sign-ins.job.js';
import { EraseUnseenPeopleJob } from './erase-unseen-people.job.js';
import { ErasureService } from './erasure.service.js';
import { HeldForms } from './held-forms.service.js';
import { IdentityService } from './identity.service.js';
import { OidcClient } from './oidc-client.js';
import { PeopleReader } from './people.reader.js';
import { Sessions } from './sessions.js';
import { SignInService } from './sign-in.service.js';
import { Standing } from './standing.js';

const OPEN = [
  ...[
    Authentication,
    BaseAddress,
    BuiltInProvider,
    ErasureService,
    HeldForms,
    IdentityService,
    PeopleReader,
    Sessions,
    SignInService,
    Standing,
  ],
];

/** People, their keys, how they sign in. Where the program serves requests, the built-in provider answers there too. */
@Module({ providers: [...OPEN, OidcClient, ClearSignInsJob, EraseUnseenPeopleJob], exports: OPEN })
export class IdentityModule implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly builtIn: BuiltInProvider,
  ) {}

  onModuleInit(): void {
    const adapter = this.host.httpAdapter;
    if (adapter?.getType?.() === 'fastify') mountBuiltInProvider(adapter.getInstance(), this.builtIn);
  }
}
