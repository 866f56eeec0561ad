-- Tokens are signed with HS256 from now on; a new key is made at the next start. Tokens signed
-- with the keys before are void, and clients ask for new ones.
delete from signing_keys;
