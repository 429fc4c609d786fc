import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { EtagInterceptor } from './api/etag.interceptor.js';
import { ListDescriptions } from './api/exports/list-descriptions.js';
import { ListFileInterceptor } from './api/exports/list-file.interceptor.js';
import { describeApi, serveReference } from './api/openapi.js';
import { AuditReadsService } from './auditing/reads/audit-reads.service.js';
import { findNhsNumber } from './core/nhs-number.js';
import { Problem, titleOf } from './core/problems.js';
import { ReadScope } from './database/read-scope.js';
import { recordAuditReads } from './http/audit-reads.js';
import { answerClientError } from './http/client-error.js';
import { Draining } from './http/draining.js';
import { MAX_JSON_BYTES, readBodies } from './http/json-body.js';
import { createLogger, NestLogger, RequestLog } from './http/logger.js';
import { SESSION_COOKIE } from './http/page-access.js';
import { ProblemFilter } from './http/problem.filter.js';
import { sharedLimits } from './http/shared-limits.js';
import { validation } from './http/validation.js';
import { readWantedFiles } from './http/wanted-file.js';
import { hashOf, secretIn } from './identity/api-key.rules.js';
import { serveAssets } from './web/assets.js';
import { DoorFilter } from './web/door.filter.js';
/** How long headers may take to arrive, and how often that is looked at, in milliseconds. */ const HEADERS_MS = 15_000;
const LOOK_MS = 5_000;
/** How long a request may take to arrive, and a connection may lie still; in milliseconds. */ const REQUEST_MS = 300_000;
/** Whoever sends a large file is waited for while it comes at this speed. */ const SLOWEST_BYTES_PER_MS = 100;
/** Connections beyond these are closed at once. */ const MOST_CONNECTIONS = 10_000;
const REQUEST_ID = /^[A-Za-z0-9._-]{8,64}$/;
/**
 * The application as it answers requests, ready to listen.
 * @param module the application's root module
 */ export async function createHttpServer(module, config) {
    const logger = createLogger(config.logLevel);
    const problems = new ProblemFilter();
    const adapter = new FastifyAdapter({
        loggerInstance: logger,
        logController: new RequestLog(),
        genReqId: (request)=>{
            const given = request.headers['x-request-id'];
            return typeof given === 'string' && isRequestId(given) ? given : randomUUID();
        },
        bodyLimit: MAX_JSON_BYTES,
        forceCloseConnections: 'idle',
        requestTimeout: Math.max(REQUEST_MS, Math.ceil(config.evidenceMaxBytes / SLOWEST_BYTES_PER_MS)),
        connectionTimeout: REQUEST_MS,
        http: {
            headersTimeout: HEADERS_MS,
            connectionsCheckingInterval: LOOK_MS
        },
        frameworkErrors: (error, request, reply)=>{
            reply.header('X-Request-Id', request.id);
            problems.answer(error, request, reply);
        },
        clientErrorHandler: answerClientError,
        routerOptions: {
            maxParamLength: 200
        }
    });
    const app = await NestFactory.create(module, adapter, {
        bodyParser: false,
        abortOnError: false,
        logger: new NestLogger(logger)
    });
    const server = app.getHttpAdapter().getInstance();
    server.server.maxConnections = MOST_CONNECTIONS;
    await prepare(server, config, app.get(Draining, {
        strict: false
    }));
    recordAuditReads(server, ()=>app.get(AuditReadsService, {
            strict: false
        }));
    await serveAssets(server);
    app.useGlobalPipes(validation);
    app.useGlobalFilters(new DoorFilter(problems, app));
    const lists = new ListDescriptions(()=>describeApi(app));
    app.useGlobalInterceptors(new EtagInterceptor(), new ListFileInterceptor(app.get(ReadScope, {
        strict: false
    }), lists));
    serveReference(app);
    return app;
}
async function prepare(server, config, draining) {
    server.addHook('onRequest', async (request, reply)=>{
        reply.header('X-Request-Id', request.id);
        reply.header('Cache-Control', 'no-store');
        if (draining.isOn) reply.header('Connection', 'close');
    });
    readWantedFiles(server);
    readBodies(server);
    await server.register(cookie);
    await server.register(helmet, {
        contentSecurityPolicy: {
            directives: {
                defaultSrc: [
                    "'self'"
                ],
                imgSrc: [
                    "'self'",
                    'data:'
                ],
                styleSrc: [
                    "'self'"
                ],
                scriptSrc: [
                    "'self'"
                ],
                objectSrc: [
                    "'none'"
                ],
                upgradeInsecureRequests: null
            }
        },
        strictTransportSecurity: config.production
    });
    await server.register(rateLimit, {
        ...sharedLimits(config, server),
        max: config.rateLimitPerMinute,
        timeWindow: 60_000,
        keyGenerator: callerOf,
        allowList: (request)=>/^\/(health|assets)\//.test(request.url),
        errorResponseBuilder: (_request, context)=>new Problem({
                status: 429,
                code: 'too-many-requests',
                title: titleOf(429),
                detail: `You may make ${context.max} requests a minute. Wait ${context.after}, then go on.`
            })
    });
    await server.register(multipart, {
        limits: {
            files: 1,
            fields: 10,
            fieldSize: 10_000,
            fileSize: config.evidenceMaxBytes,
            headerPairs: 50,
            parts: 12
        }
    });
}
/** A caller's own request id is kept in the log, where no patient's number may be. */ function isRequestId(text) {
    return REQUEST_ID.test(text) && findNhsNumber(text) === null;
}
/** A caller is a key or a session where one is sent, and an address otherwise. */ function callerOf(request) {
    const secret = secretIn(request.headers.authorization);
    return (secret && hashOf(secret)) ?? request.cookies[SESSION_COOKIE] ?? request.ip;
}

//# sourceMappingURL=http-server.js.map