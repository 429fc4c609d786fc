import type { AddressInfo } from 'node:net';
import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Config } from '../config/config.js';

/** Where this server is. Addresses are a scheme, a host and a port, without a slash at the end. */
@Injectable()
export class BaseAddress {
  constructor(
    private readonly config: Config,
    private readonly host: HttpAdapterHost,
  ) {}

  /** As browsers reach it: PUBLIC_URL, and otherwise where it listens. @throws Error before it listens */
  origin(): string {
    return this.config.signIn.publicUrl ?? this.local();
  }

  /**
   * Where a browser should have come to, which came by another name of this machine: cookies belong to one. Undefined
   * where it came right, and where PUBLIC_URL is set, because what stands before this server may name it otherwise.
   */
  elsewhere(host: string): string | undefined {
    if (this.config.signIn.publicUrl !== undefined) return undefined;
    const local = this.local();
    return host === new URL(local).host ? undefined : local;
  }

  /** As it is reached from this very machine. @throws Error before it listens */
  local(): string {
    const address: AddressInfo | string | null | undefined = this.host.httpAdapter
      ?.getHttpServer()
      ?.address();
    if (!address || typeof address === 'string')
      throw new Error(
        'The server does not listen yet, so nobody can reach it. Set PUBLIC_URL to name its address.',
      );
    const { host } = this.config;
    const everywhere = host === '0.0.0.0' || host === '::';
    const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
    return `http://${name}:${address.port}`;
  }
}
