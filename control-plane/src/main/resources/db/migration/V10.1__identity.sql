-- Communication resources: each has its own keys and users, and nothing crosses between them.
create table resources (
  -- A GUID in lower case; never changes, part of every user id.
  id text primary key,
  name text not null unique,
  -- The claims "rgn" and "resourceLocation" of the tokens of its users.
  region text not null,
  location text not null,
  created_at bigint not null
);

create table resource_keys (
  resource_id text not null references resources (id) on delete cascade,
  slot text not null check (slot in ('primary', 'secondary')),
  -- Base64, as in connection strings.
  secret text not null,
  created_at bigint not null,
  primary key (resource_id, slot)
);

create table users (
  -- The raw id: 8:acs:<resource>_<user>.
  id text primary key,
  resource_id text not null references resources (id) on delete cascade,
  -- Counts revocations. A token of an earlier generation is void.
  token_generation bigint not null,
  created_at bigint not null
);

create index users_by_resource on users (resource_id);
