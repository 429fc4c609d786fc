import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ReadScope } from '../database/read-scope.js';
import { Public } from '../http/access.js';
import { Draining } from '../http/draining.js';

class HealthView {
  @ApiProperty({ enum: ['up'], example: 'up' }) status: 'up';
}

@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly scope: ReadScope,
    private readonly draining: Draining,
  ) {}

  @Get('live')
  @ApiOperation({ summary: 'Whether the process answers' })
  @ApiResponse({ status: 200, type: HealthView })
  live(): HealthView {
    return { status: 'up' };
  }

  @Get('ready')
  @ApiOperation({
    summary: 'Whether requests can be served: the database answers, and the process is not about to end',
  })
  @ApiResponse({ status: 200, type: HealthView })
  async ready(): Promise<HealthView> {
    this.draining.refuseWhenOn();
    // To open a reading is to ask the database.
    await this.scope.run({ trustId: null }, async () => undefined);
    return { status: 'up' };
  }
}
