#!/bin/sh
# Runs once, when the database of docker-compose.yml is made: the roles of docs/configuration.md and their logins.
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres \
  -v owner="$OWNER_PASSWORD" -v login="$LOGIN_PASSWORD" -v notary="$NOTARY_PASSWORD" <<'SQL'
create role exemplar_app nologin;
create role exemplar_notary nologin;
create role exemplar_owner login createrole password :'owner';
create role exemplar_login login noinherit password :'login';
create role exemplar_notary_login login noinherit password :'notary';
grant exemplar_app to exemplar_login with set true, inherit false;
grant exemplar_app to exemplar_owner with set true, inherit false;
grant exemplar_notary to exemplar_notary_login with set true, inherit false;
grant exemplar_notary to exemplar_owner with set true, inherit false;
create database exemplar owner exemplar_owner;
SQL
