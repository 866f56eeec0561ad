-- The caller's own name for a user: asked for again, the same user is given.
alter table users add column external_id text;
-- When the user last got a token, to the minute.
alter table users add column last_token_at bigint;
-- Whom an OpenID Connect issuer knows the user as, when tokens of the issuer are exchanged.
alter table users add column issuer text;
alter table users add column subject text;

create unique index users_by_external_id on users (resource_id, external_id);
create unique index users_by_subject on users (resource_id, issuer, subject);

-- Which Entra users may have tokens of the Teams phone extension.
create table teams_assignments (
  resource_id text not null references resources (id) on delete cascade,
  -- GUIDs in lower case.
  tenant_id text not null,
  object_id text not null,
  principal_type text not null check (principal_type in ('user', 'resourceAccount')),
  -- JSON: an array of GUIDs. Empty: any application.
  client_ids text not null,
  primary key (resource_id, tenant_id, object_id)
);
