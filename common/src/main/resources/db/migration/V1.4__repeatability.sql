-- First answers to requests that carry Repeatability-Request-ID, until nobody repeats them any more.
create table repeated_requests (
  -- Who asks: the id of the resource.
  caller text not null,
  -- A GUID in lower case.
  request_id text not null,
  first_sent bigint not null,
  -- SHA-256 of method, target and body, in hex: another request under the same id is refused.
  fingerprint text not null,
  -- The first answer; null only inside the transaction that carries out the request.
  status bigint,
  body text,
  expires_at bigint not null,
  primary key (caller, request_id)
);

create index repeated_requests_by_end on repeated_requests (expires_at);
