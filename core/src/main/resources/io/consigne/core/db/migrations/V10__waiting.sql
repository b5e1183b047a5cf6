-- What waits for one webhook, oldest first, and its newest message.
CREATE INDEX messages_waiting ON messages (webhook_id, state, id) WHERE state = 'waiting';
DROP INDEX messages_webhook;
CREATE INDEX messages_webhook ON messages (webhook_id, id);
