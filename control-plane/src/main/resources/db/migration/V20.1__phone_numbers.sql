-- The operator's phone numbers. A row holds the number's one owner and its one hold, so that a
-- number can't have two of either whatever happens.
create table phone_numbers (
  -- E.164 with its plus.
  number text primary key,
  -- ISO 3166-1 alpha-2.
  country text not null,
  number_type text not null check (number_type in ('geographic', 'tollFree', 'mobile')),
  assignment_type text not null check (assignment_type in ('person', 'application')),
  -- What the carrier does with it: 1 inbound, 2 outbound, 3 both, 0 nothing.
  calling bigint not null check (calling between 0 and 3),
  sms bigint not null check (sms between 0 and 3),
  -- A month's price in millionths of the currency unit (ISO 4217).
  cost_micros bigint not null,
  cost_currency text not null,
  -- Empty where it does not apply.
  area_code text not null,
  locality text not null,
  division text not null,
  division_name text not null,
  -- 1 when a buyer must agree not to resell.
  resale_agreement bigint not null check (resale_agreement in (0, 1)),
  carrier_reference text not null,
  imported_at bigint not null,
  owner_id text references resources (id) on delete set null,
  -- What the owner uses of it, within calling and sms.
  owned_calling bigint not null,
  owned_sms bigint not null,
  purchased_at bigint,
  -- The resource, search or reservation that keeps it from others until then.
  hold_owner text,
  hold_id text,
  hold_expires bigint,
  check (owner_id is null or hold_id is null)
);

create index phone_numbers_by_owner on phone_numbers (owner_id, number);
create index phone_numbers_by_hold on phone_numbers (hold_owner, hold_id);
create index phone_numbers_by_offer
  on phone_numbers (country, number_type, assignment_type, area_code, number);

-- One row for each resource that holds numbers. Holding locks it, so that the count of what a
-- resource holds is exact when two requests hold at once.
create table number_holders (
  resource_id text primary key references resources (id) on delete cascade,
  touched_at bigint not null
);

create table number_searches (
  id text primary key,
  resource_id text not null references resources (id) on delete cascade,
  operation_id text not null,
  country text not null,
  number_type text not null,
  assignment_type text not null,
  calling bigint not null,
  sms bigint not null,
  area_code text not null,
  quantity bigint not null,
  created_at bigint not null,
  -- Set with the numbers when the search has found them.
  expires_at bigint,
  cost_micros bigint not null,
  cost_currency text not null,
  resale_agreement bigint not null,
  -- The one purchase that a search is good for.
  purchase_id text
);

create index number_searches_by_resource on number_searches (resource_id, created_at);

create table number_search_items (
  search_id text not null references number_searches (id) on delete cascade,
  number text not null,
  primary key (search_id, number)
);

create table number_reservations (
  resource_id text not null references resources (id) on delete cascade,
  -- A GUID that the client chose; another resource may choose the same.
  id text not null,
  created_at bigint not null,
  expires_at bigint not null,
  status text not null check (status in ('active', 'submitted', 'completed', 'expired')),
  purchase_id text,
  primary key (resource_id, id)
);

create table number_reservation_items (
  resource_id text not null,
  reservation_id text not null,
  number text not null,
  primary key (resource_id, reservation_id, number),
  foreign key (resource_id, reservation_id)
    references number_reservations (resource_id, id) on delete cascade
);
