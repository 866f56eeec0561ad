create table rooms (
  -- Decimal digits, as the SDKs have seen them from ACS.
  id text primary key,
  resource_id text not null references resources (id) on delete cascade,
  created_at bigint not null,
  valid_from bigint not null,
  valid_until bigint not null,
  pstn_dial_out bigint not null check (pstn_dial_out in (0, 1)),
  -- Counts changes: a change is made only to the room as it was read.
  version bigint not null,
  check (valid_from < valid_until)
);

-- Lists are in order of creation.
create index rooms_by_resource on rooms (resource_id, created_at, id);
create index rooms_by_end on rooms (valid_until);

create table room_participants (
  room_id text not null references rooms (id) on delete cascade,
  -- A raw id, such as 8:acs:<resource>_<user>.
  raw_id text not null,
  role text not null check (role in ('Presenter', 'Collaborator', 'Attendee', 'Consumer')),
  primary key (room_id, raw_id)
);
