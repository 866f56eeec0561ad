-- Long-running operations: asked for in one request, done in the background, polled by the caller.
create table operations (
  -- <kind>_<GUID>
  id text primary key,
  -- A GUID. No reference: resources are a table of a higher block, and an operation that deletes
  -- its resource stays to be asked for.
  resource_id text not null,
  kind text not null,
  status text not null check (status in ('notStarted', 'running', 'succeeded', 'failed')),
  -- What was asked for and what came of it, in a form of the kind's own.
  input text not null,
  result text,
  error_code text,
  error_message text,
  created_at bigint not null,
  -- Null until something happened.
  last_action_at bigint,
  -- When a worker may take it: at once when new, when the lease of another worker runs out, when a
  -- failed attempt is to be repeated. Null when finished.
  due_at bigint,
  finished_at bigint,
  attempts bigint not null,
  -- Counts changes. A worker whose lease was taken over finds another number and undoes its work.
  version bigint not null
);

create index operations_due on operations (due_at) where due_at is not null;
create index operations_unfinished on operations (resource_id) where due_at is not null;
create index operations_finished on operations (finished_at) where finished_at is not null;
