-- What is due of one account, without a look at all that waits.
CREATE INDEX remote_fetches_due ON remote_fetches (account_id, next_at, id)
  WHERE state = 'queued';
