package io.consigne.client;

import io.consigne.client.budget.Waiting;
import io.consigne.client.model.Capabilities;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.Webhook;
import io.consigne.client.policy.Policy;
import io.consigne.client.wire.Call;
import io.consigne.client.wire.WebhookCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Has a Consigne host tell addresses what happens to the account; for its master key alone. What
 * other hosts are asked is {@link Refusal.NotOffered}, and nothing is sent: the address of a
 * webhook may hold a secret.
 *
 * {@snippet file="io/consigne/client/ExamplesTest.java" region=webhooks}
 */
public final class Webhooks {
  /** How many messages the log tells of at most. */
  public static final int LOGGED = 500;

  private static final Duration POLLED_EVERY = Duration.ofSeconds(1);

  private final Policy policy;
  private final Offer offer;
  private final Waiting waiting;

  Webhooks(Policy policy, Offer offer, Waiting waiting) {
    this.policy = policy;
    this.offer = offer;
    this.waiting = waiting;
  }

  /**
   * Has an address told of events. It is not asked again if the answer is lost: look at {@link
   * #list} then. By {@code webhook/add.cgi}.
   *
   * @param url http or https
   * @param events such as {@code fetch.done}; none for all
   * @return the webhook, and the secret that signs its messages
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says
   */
  public Webhook.Made add(String url, List<String> events) throws IOException {
    return run(WebhookCalls.add(url, events));
  }

  /**
   * {@return all webhooks of the account} By {@code webhook/ls.cgi}.
   *
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says
   */
  public List<Webhook> list() throws IOException {
    return run(WebhookCalls.list());
  }

  /**
   * Tells an address nothing more; its log is gone, too. By {@code webhook/rm.cgi}.
   *
   * @param id number of the webhook
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says
   */
  public void remove(long id) throws IOException {
    run(WebhookCalls.remove(id));
  }

  /**
   * Has a message sent that tells nothing, and waits for the end of its first try. By {@code
   * webhook/test.cgi}.
   *
   * @param id number of the webhook
   * @param patience how long to wait
   * @return the message as far as it came
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says
   */
  public Webhook.Message test(long id, Duration patience) throws IOException {
    Webhook.Message message = run(WebhookCalls.test(id));
    for (long left = patience.dividedBy(POLLED_EVERY);
        left > 0 && message.delivery().tries() == 0;
        left--) {
      waiting.timing().sleep(POLLED_EVERY);
      long number = message.number();
      Optional<Webhook.Message> seen =
          log(id, LOGGED).stream().filter(line -> line.number() == number).findFirst();
      message = seen.orElse(message);
    }
    return message;
  }

  /**
   * {@return what became of messages, newest first} By {@code webhook/log.cgi}.
   *
   * @param webhook of this one alone; null for all
   * @param count how many, up to {@link #LOGGED}
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says
   */
  public List<Webhook.Message> log(@Nullable Long webhook, int count) throws IOException {
    return run(WebhookCalls.log(webhook, count));
  }

  private <T> T run(Call<T> call) throws IOException {
    offer.require(Capabilities::webhooks, "this host tells no address what happens to an account");
    return policy.run(call);
  }
}
