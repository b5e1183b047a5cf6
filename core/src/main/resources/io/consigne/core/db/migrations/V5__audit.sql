-- Who did what to what. No line is ever changed, and only its age removes it; it outlives the
-- account, the key and the file that it tells of.
CREATE TABLE audit (
  id         ${id},
  account_id BIGINT NOT NULL,                  -- whose log this is
  at         BIGINT NOT NULL,
  actor      TEXT NOT NULL,                    -- key, password, stranger, operator
  actor_id   BIGINT,                           -- the actor's account
  key_id     BIGINT,
  address    TEXT,
  client     TEXT NOT NULL,
  action     TEXT NOT NULL,
  outcome    TEXT NOT NULL,                    -- done, or why it was refused
  things     TEXT NOT NULL                     -- what it was done to, a line each
);
CREATE INDEX audit_account ON audit (account_id, id);
CREATE INDEX audit_at ON audit (at);
${unchanging}
