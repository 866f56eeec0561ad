-- Direct routing: one document for each resource, written whole.
create table sip_configurations (
  resource_id text primary key references resources (id) on delete cascade,
  -- JSON: trunks and domains by name, routes in order.
  document text not null,
  -- Counts the changes. A change is written only on the version it was made from.
  version bigint not null,
  changed_at bigint not null
);
