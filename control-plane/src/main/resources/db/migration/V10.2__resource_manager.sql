-- What Microsoft.Communication/communicationServices says of a resource.
alter table resources add column name_key text not null default '';
-- Where it is in Azure's order of things: /subscriptions/.../resourceGroups/...
alter table resources add column subscription_id text not null default '00000000-0000-0000-0000-000000000000';
alter table resources add column resource_group text not null default 'default';
alter table resources add column group_key text not null default 'default';
alter table resources add column data_location text not null default 'United States';
-- JSON: an object of texts, an array of texts, the object "identity".
alter table resources add column tags text not null default '{}';
alter table resources add column linked_domains text not null default '[]';
alter table resources add column identity text;
alter table resources add column public_network_access text not null default 'Enabled';
alter table resources add column disable_local_auth bigint not null default 0;
alter table resources add column notification_hub_id text;
-- Deleting: nobody gets in any more, and its data is being removed.
alter table resources add column state text not null default 'Succeeded'
  check (state in ('Succeeded', 'Deleting'));
-- Counts changes: an update names the one it saw.
alter table resources add column version bigint not null default 1;
alter table resources add column created_by text not null default 'operator';
alter table resources add column created_by_type text not null default 'Key';
alter table resources add column modified_by text not null default 'operator';
alter table resources add column modified_by_type text not null default 'Key';
alter table resources add column modified_at bigint not null default 0;

update resources set name_key = lower(name), modified_at = created_at;

-- Names are host names, so they are unique in the whole server, whatever their case.
create unique index resources_by_name_key on resources (name_key);
create index resources_by_group on resources (subscription_id, group_key, name_key);

-- One row: how many resources there are. Creating counts up while it is below the limit, so two
-- that are created at once cannot both take the last place.
create table resource_count (
  only_row bigint primary key check (only_row = 1),
  resources bigint not null
);
insert into resource_count (only_row, resources) select 1, count(*) from resources;

-- Counts replacements. A user token is void when both keys have been replaced since.
alter table resource_keys add column rotations bigint not null default 0;
