import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ReadScope } from '../database/read-scope.js';
import { Replica, type ReplicaState } from '../database/replica.js';
import { Public } from '../http/access.js';
import { Draining } from '../http/draining.js';

class HealthView {
  @ApiProperty({ enum: ['up'], example: 'up' }) status: 'up';
}

const STATES: ReplicaState[] = ['answers', 'behind', 'away', 'no-replica'];

class ReplicaView {
  @ApiProperty({
    enum: STATES,
    description: 'behind, away, no-replica: the primary answers in its place',
    example: 'answers',
  })
  state: ReplicaState;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'How many bytes of the write-ahead log it has not replayed; null where it does not say',
    example: 0,
  })
  lagBytes: number | null;
}

class ReadinessView extends HealthView {
  @ApiProperty({ type: ReplicaView, required: false, description: 'Only where there is a replica' })
  replica?: ReplicaView;
}

@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly scope: ReadScope,
    private readonly replica: Replica,
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
  @ApiResponse({ status: 200, type: ReadinessView })
  async ready(): Promise<ReadinessView> {
    this.draining.refuseWhenOn();
    // To open a reading is to ask the database.
    await this.scope.run({ trustId: null }, async () => undefined);
    const replica = await this.replica.standing();
    return replica ? { status: 'up', replica } : { status: 'up' };
  }
}
