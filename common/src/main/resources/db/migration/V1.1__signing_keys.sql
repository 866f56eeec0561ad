-- Keys that sign user access tokens. The newest signs, all of them verify.
create table signing_keys (
  key_id text primary key,
  -- A private JSON Web Key (RFC 7517).
  jwk text not null,
  -- Milliseconds since 1970-01-01T00:00Z, like every instant in this database.
  created_at bigint not null
);
