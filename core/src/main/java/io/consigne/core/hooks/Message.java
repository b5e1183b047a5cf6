package io.consigne.core.hooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.consigne.core.db.Row;
import io.consigne.core.events.ClaimedMessage;
import io.consigne.core.ids.AccountId;
import java.time.Instant;

/**
 * A message that this node has claimed.
 *
 * @param row its row
 * @param account whose event it is
 * @param webhook for whom it is
 * @param url the webhook's sealed address
 * @param secret the webhook's sealed secret
 * @param event what it tells
 * @param at when that happened
 * @param data the particulars, a JSON object
 * @param attempts how often it was tried before
 */
record Message(
    ClaimedMessage row,
    AccountId account,
    long webhook,
    String url,
    String secret,
    String event,
    Instant at,
    String data,
    long attempts) {
  private static final int DIGITS = Character.MAX_RADIX;

  static Message read(Row row) {
    return new Message(
        new ClaimedMessage(row.number("id"), row.number("claim")),
        new AccountId(row.number("account_id")),
        row.number("webhook_id"),
        row.text("url"),
        row.text("secret"),
        row.text("event"),
        row.instant("at"),
        row.text("data"),
        row.number("attempts"));
  }

  /** What receivers know a message by: also unique after a database went back to a backup. */
  static String id(long number, Instant at) {
    return Long.toString(number, DIGITS) + "-" + Long.toString(at.toEpochMilli(), DIGITS);
  }

  String id() {
    return id(row.number(), at);
  }

  /** What is sent: the same in each try. */
  byte[] body() {
    String text =
        "{\"version\":1,\"id\":\"%s\",\"event\":\"%s\",\"time\":\"%s\",\"data\":%s}"
            .formatted(id(), event, at, data);
    return text.getBytes(UTF_8);
  }

  /** No address, no secret. */
  @Override
  public String toString() {
    return "Message[" + id() + "/" + row.claim() + "]";
  }
}
