# Exemplar without its compiler and its tests, for a database and a storage elsewhere.

FROM node:22-bookworm-slim AS build
WORKDIR /srv/exemplar
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY .swcrc ./
COPY scripts/build.js scripts/compile.js scripts/
COPY bin bin
COPY src src
RUN npm run build

FROM node:22-bookworm-slim AS dependencies
WORKDIR /src
COPY package.json package-lock.json ./
# The optional ones are the embedded database, which is for trying and testing.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM node:22-bookworm-slim
# What a thread keeps for itself, and what large pieces leave between small ones, is memory that an idle process holds.
ENV MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/srv/data
WORKDIR /srv/exemplar
RUN mkdir /srv/data && chown node:node /srv/data
COPY --from=dependencies /src/node_modules node_modules
COPY --from=build /srv/exemplar/dist dist
COPY package.json LICENSE ./
COPY bin bin
COPY migrations migrations
COPY programmes programmes
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/exemplar.js"]
CMD ["serve"]
