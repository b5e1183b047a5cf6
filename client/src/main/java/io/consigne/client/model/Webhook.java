package io.consigne.client.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An address that a Consigne host tells what happens to the account.
 *
 * @param id its number
 * @param url without the values of its query
 * @param events what it is told; none stands for everything
 * @param created when it was made; null if the host does not say
 */
public record Webhook(long id, String url, List<String> events, @Nullable Instant created) {
  /** Copies. */
  public Webhook {
    events = List.copyOf(events);
  }

  /**
   * A webhook that was just made.
   *
   * @param webhook with its number
   * @param secret what its messages are signed with; the host shows it this once
   */
  public record Made(Webhook webhook, String secret) {
    /** No secret. */
    @Override
    public String toString() {
      return "Made[" + webhook + "]";
    }
  }

  /**
   * A message and what became of it.
   *
   * @param number its place in the log; later messages have higher ones
   * @param id what receivers know it by, the same in each of its tries
   * @param webhook for which it is
   * @param event what it tells, such as {@code fetch.done}
   * @param time when that happened; null if the host does not say
   * @param delivery what became of it
   */
  public record Message(
      long number,
      String id,
      long webhook,
      String event,
      @Nullable Instant time,
      Delivery delivery) {}

  /**
   * What became of a message.
   *
   * @param state {@code waiting}, {@code delivered} or {@code failed}
   * @param tries how often it was tried
   * @param nextTry when it is tried again; null if it is not
   * @param httpStatus of the last answer; null if there was none
   * @param message why it is not delivered; may be empty
   */
  public record Delivery(
      String state,
      long tries,
      @Nullable Instant nextTry,
      @Nullable Long httpStatus,
      String message) {}
}
