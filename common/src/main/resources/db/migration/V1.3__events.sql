-- Events for applications: who wants them, what waits to be delivered, what could not be.
create table event_subscriptions (
  id text primary key,
  -- A GUID. No reference: resources are a table of a higher block, which forgets its subscriptions.
  resource_id text not null,
  name text not null,
  endpoint text not null,
  schema_name text not null check (schema_name in ('EventGridSchema', 'CloudEventSchemaV1_0')),
  -- Lines; none is every type.
  included_types text not null,
  subject_begins_with text not null,
  subject_ends_with text not null,
  -- A header with a secret that the endpoint knows its deliveries by.
  header_name text,
  header_value text,
  max_attempts bigint not null,
  ttl_minutes bigint not null,
  state text not null check (state in ('validating', 'awaitingManualAction', 'active', 'failed')),
  -- Why it is in that state, for people.
  state_reason text not null,
  validation_code text not null,
  validation_attempts bigint not null,
  -- When to try the handshake (again); null when there is nothing to try.
  validation_due_at bigint,
  validation_ends_at bigint not null,
  -- Deliveries a minute that the endpoint asked for; null when it did not.
  allowed_rate bigint,
  created_at bigint not null,
  updated_at bigint not null,
  -- Counts changes by people; the handshake does not count.
  version bigint not null,
  -- Counts handshakes: the outcome of one that was replaced is not written.
  validation_version bigint not null,
  unique (resource_id, name)
);

create index event_subscriptions_validation on event_subscriptions (validation_due_at)
  where validation_due_at is not null;

-- The outbox: one row for each subscription that an event goes to, written with what it tells of.
create table event_deliveries (
  id text primary key,
  subscription_id text not null references event_subscriptions (id) on delete cascade,
  -- The same in every delivery of one event, for who gets it twice.
  event_id text not null,
  event_type text not null,
  subject text not null,
  data text not null,
  event_time bigint not null,
  expires_at bigint not null,
  attempts bigint not null,
  -- When to try; a lease while somebody does.
  due_at bigint not null,
  last_outcome text not null,
  version bigint not null
);

create index event_deliveries_due on event_deliveries (subscription_id, due_at);

create table dead_letters (
  -- Of the delivery.
  id text primary key,
  resource_id text not null,
  subscription_name text not null,
  event_id text not null,
  event_type text not null,
  subject text not null,
  data text not null,
  event_time bigint not null,
  attempts bigint not null,
  reason text not null,
  last_outcome text not null,
  dead_at bigint not null
);

create index dead_letters_by_age on dead_letters (resource_id, dead_at, id);
