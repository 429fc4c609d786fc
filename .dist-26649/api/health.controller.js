function _ts_decorate(decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") {
        r = Reflect.decorate(decorators, target, key, desc);
    } else {
        for(var i = decorators.length - 1; i >= 0; i--){
            if (d = decorators[i]) {
                r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
            }
        }
    }
    return c > 3 && r && Object.defineProperty(target, key, r), r;
}
function _ts_metadata(metadataKey, metadataValue) {
    if (typeof Reflect === "object" && typeof Reflect.metadata === "function") {
        return Reflect.metadata(metadataKey, metadataValue);
    }
}
import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ReadScope } from '../database/read-scope.js';
import { Replica } from '../database/replica.js';
import { Public } from '../http/access.js';
import { Draining } from '../http/draining.js';
let HealthView = class HealthView {
};
_ts_decorate([
    ApiProperty({
        enum: [
            'up'
        ],
        example: 'up'
    }),
    _ts_metadata("design:type", String)
], HealthView.prototype, "status", void 0);
const STATES = [
    'answers',
    'behind',
    'away',
    'no-replica'
];
let ReplicaView = class ReplicaView {
};
_ts_decorate([
    ApiProperty({
        enum: STATES,
        description: 'behind, away, no-replica: the primary answers in its place',
        example: 'answers'
    }),
    _ts_metadata("design:type", typeof ReplicaState === "undefined" ? Object : ReplicaState)
], ReplicaView.prototype, "state", void 0);
_ts_decorate([
    ApiProperty({
        type: 'integer',
        nullable: true,
        description: 'How many bytes of the write-ahead log it has not replayed; null where it does not say',
        example: 0
    }),
    _ts_metadata("design:type", Object)
], ReplicaView.prototype, "lagBytes", void 0);
let ReadinessView = class ReadinessView extends HealthView {
};
_ts_decorate([
    ApiProperty({
        type: ReplicaView,
        required: false,
        description: 'Only where there is a replica'
    }),
    _ts_metadata("design:type", typeof ReplicaView === "undefined" ? Object : ReplicaView)
], ReadinessView.prototype, "replica", void 0);
export class HealthController {
    constructor(scope, replica, draining){
        this.scope = scope;
        this.replica = replica;
        this.draining = draining;
    }
    live() {
        return {
            status: 'up'
        };
    }
    async ready() {
        this.draining.refuseWhenOn();
        // To open a reading is to ask the database.
        await this.scope.run({
            trustId: null
        }, async ()=>undefined);
        const replica = await this.replica.standing();
        return replica ? {
            status: 'up',
            replica
        } : {
            status: 'up'
        };
    }
}
_ts_decorate([
    Get('live'),
    ApiOperation({
        summary: 'Whether the process answers'
    }),
    ApiResponse({
        status: 200,
        type: HealthView
    }),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", []),
    _ts_metadata("design:returntype", typeof HealthView === "undefined" ? Object : HealthView)
], HealthController.prototype, "live", null);
_ts_decorate([
    Get('ready'),
    ApiOperation({
        summary: 'Whether requests can be served: the database answers, and the process is not about to end'
    }),
    ApiResponse({
        status: 200,
        type: ReadinessView
    }),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", []),
    _ts_metadata("design:returntype", Promise)
], HealthController.prototype, "ready", null);
HealthController = _ts_decorate([
    ApiTags('health'),
    Public(),
    Controller('health'),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof ReadScope === "undefined" ? Object : ReadScope,
        typeof Replica === "undefined" ? Object : Replica,
        typeof Draining === "undefined" ? Object : Draining
    ])
], HealthController);

//# sourceMappingURL=health.controller.js.map